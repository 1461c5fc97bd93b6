import { z } from 'zod';
import { PersonId } from '../id.ts';
import { channels } from '../roles.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { personSubject } from './contact.ts';
import { dropForms, freeAlerts, voidDuties } from './cut-off.ts';
import { reachable } from './person.ts';

/**
 * A lost phone: the accounts of that chat (or the one with this key) are no longer this person's. Every button of before is void in both
 * chats, and so is what waits to be sent. Who has no chat left is on no duty, and their alerts climb (`delivery.md` 7).
 */
export const cutAccount = defineUseCase({
  name: 'cut-account',
  input: z.object({ personId: PersonId, channel: z.enum(channels), key: z.string().optional() }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, channel, key }, deps) {
    const { store } = deps;
    const person = await store.people.must(personId);
    const isCut = (account: { channel: string; key: string }) =>
      account.channel === channel && (key === undefined || account.key === key);
    if (!person.accounts.some(isCut)) return unchanged(person);
    const accounts = person.accounts.filter((account) => !isCut(account));
    const saved = await store.people.save({ ...person, accounts, epoch: person.epoch + 1 });
    await dropForms(person, deps, channel);
    const isLast = reachable(saved).length === 0;
    if (isLast) await voidDuties(person, deps);
    const alerts = isLast ? await freeAlerts(person, deps) : 0;
    const cut = { type: 'account.cut' as const, about: { kind: 'person', id: personId as string } };
    return { events: [{ ...cut, personId, channel, isLast, alerts }], result: saved };
  },
});
