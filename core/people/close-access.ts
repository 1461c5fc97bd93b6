import { z } from 'zod';
import { PersonId } from '../id.ts';
import { revoke } from '../invitations/make-invitation.ts';
import { list, phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from '../use-case.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { personSubject } from './contact.ts';
import type { Person } from './person.ts';

/**
 * Ends somebody's access at once: buttons, role, duty slots and last resort are void (`delivery.md` 7). Refuses the last
 * administrator, one's own access, and whoever still has an open alert.
 */
export const closeAccess = defineUseCase({
  name: 'close-access',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, deps) {
    const { store } = deps;
    const person = await store.people.must(personId);
    if (person.status === 'left') return unchanged(person);
    await refuseIfNeeded(person, deps);
    const invitations = await revoke(await store.invitations.unusedOf(personId), deps);
    await voidDuties(person, deps);
    const left = await store.people.save({ ...person, status: 'left', epoch: person.epoch + 1 });
    return {
      events: [...invitations, { type: 'access.closed', about: { kind: 'person', id: personId as string }, personId }],
      result: left,
    };
  },
});

async function refuseIfNeeded(person: Person, { store, actor }: Deps & { actor: Actor }): Promise<void> {
  if (person.id === actor.id) throw new Refusal(phrase('refusals:ownAccess'));
  const admins = await store.people.activeWithRole('admin');
  if (person.role === 'admin' && admins.every(({ id }) => id === person.id))
    throw new Refusal(phrase('refusals:lastAdmin'));
  const owned = await store.alerts.open({ ownerId: person.id });
  if (owned.length > 0)
    throw new Refusal(phrase('refusals:ownsAlert', { list: list(owned.map(({ number }) => number)) }));
}

/** Of a last resort of two nobody is left when one goes: then all staff is rung until two are named again. */
async function voidDuties({ id }: Person, { store, now }: Deps): Promise<void> {
  await store.duty.remove({ personId: id, to: { $gt: now } });
  const office = await store.office.get();
  if (office.lastResort.includes(id)) await store.office.put({ ...office, lastResort: [] });
}
