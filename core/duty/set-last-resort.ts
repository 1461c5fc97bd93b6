import { z } from 'zod';
import { PersonId } from '../id.ts';
import { isOnStaff, type Person, reachable } from '../people/person.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { channels } from '../roles.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';

/** Names the two people who are rung when nobody else answered; where both bots run, both chats are among theirs (`delivery.md` 5). */
export const setLastResort = defineUseCase({
  name: 'set-last-resort',
  input: z.object({ first: PersonId, second: PersonId }),
  subject: () => ({ id: 'office' }),

  async run({ first, second }, { store }) {
    if (first === second) throw new Refusal(phrase('duty:lastResort.same'));
    const people = [await store.people.get(first), await store.people.get(second)].filter(
      (person) => person !== undefined,
    );
    if (people.length < 2 || !people.every(canBeRung)) throw new Refusal(phrase('duty:lastResort.notLinked'));
    await refuseOneChat(people, { store });
    await store.office.put({ ...(await store.office.get()), lastResort: [first, second] });
    return {
      events: [{ type: 'last-resort.set', about: { kind: 'office', id: 'office' }, people: [first, second] }],
      result: people,
    };
  },
});

const canBeRung = (person: Person) => isOnStaff(person) && reachable(person).length > 0;

/** When one chat is down, the other must still reach somebody. */
async function refuseOneChat(people: Person[], { store }: Pick<Deps, 'store'>): Promise<void> {
  const { hasTelegram, hasSlack } = await store.office.get();
  if (!hasTelegram || !hasSlack) return;
  const theirs = new Set(people.flatMap(reachable).map(({ channel }) => channel));
  if (!channels.every((channel) => theirs.has(channel))) throw new Refusal(phrase('duty:lastResort.channels'));
}
