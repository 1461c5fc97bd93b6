import { z } from 'zod';
import { PersonId } from '../id.ts';
import { channels } from '../roles.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { personSubject } from './contact.ts';
import type { Person } from './person.ts';

/**
 * "Stop writing to me": nothing unasked goes out any more. "This is not for me": the account is unlinked at once.
 * The contact hears of both, so that a human calls.
 */
export const stopWriting = defineUseCase({
  name: 'stop-writing',
  input: z.object({
    personId: PersonId,
    why: z.enum(['stop', 'wrongPerson']),
    account: z.object({ channel: z.enum(channels), key: z.string() }),
  }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, why, account }, { store }): Promise<Done<Person>> {
    const person = await store.people.must(personId);
    const about = { about: { kind: 'person', id: personId as string }, personId };
    if (why === 'wrongPerson')
      return { events: [{ type: 'account.unlinked', ...about }], result: await unlink(person, account, { store }) };
    if (person.hasStopped) return unchanged(person);
    return {
      events: [{ type: 'writing.stopped', ...about }],
      result: await store.people.save({ ...person, hasStopped: true }),
    };
  },
});

/** Without any account left the person is as before the invitation; buttons already sent are void. */
function unlink(
  person: Person,
  { channel, key }: { channel: string; key: string },
  { store }: Pick<Deps, 'store'>,
): Promise<Person> {
  const accounts = person.accounts.filter((account) => account.channel !== channel || account.key !== key);
  return store.people.save({
    ...person,
    accounts,
    status: accounts.length > 0 ? 'active' : 'invited',
    epoch: person.epoch + 1,
  });
}
