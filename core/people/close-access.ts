import { z } from 'zod';
import { PersonId } from '../id.ts';
import { revoke } from '../invitations/make-invitation.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from '../use-case.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { personSubject } from './contact.ts';
import { dropForms, freeAlerts, handOn, voidDuties } from './cut-off.ts';
import type { Person } from './person.ts';

/**
 * Ends somebody's access at once: buttons, role, queued messages, open forms, duty slots, substitutes and last resort are void; their alerts
 * climb, everything else of theirs is handed on (`delivery.md` 7). Refuses the last administrator and one's own access.
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
    const left = await store.people.save({ ...person, status: 'left', epoch: person.epoch + 1 });
    await voidDuties(person, deps);
    await dropForms(person, deps);
    const alerts = await freeAlerts(person, deps);
    const heirId = await handOn(person, deps);
    const closed = { type: 'access.closed' as const, about: { kind: 'person', id: personId as string } };
    return {
      events: [...invitations, { ...closed, personId, alerts, ...(heirId ? { heirId } : {}) }],
      result: left,
    };
  },
});

async function refuseIfNeeded(person: Person, { store, actor }: Deps & { actor: Actor }): Promise<void> {
  if (person.id === actor.id) throw new Refusal(phrase('refusals:ownAccess'));
  const admins = await store.people.activeWithRole('admin');
  if (person.role === 'admin' && admins.every(({ id }) => id === person.id))
    throw new Refusal(phrase('refusals:lastAdmin'));
}
