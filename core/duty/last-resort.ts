import { isOnStaff, reachable } from '../people/person.ts';
import { type Channel, channels } from '../roles.ts';
import type { Looks } from '../world.ts';

/** What the last resort lacks: two people who can be reached, and both chats among theirs where both bots run; `undefined` when it is whole (`delivery.md` 5). */
export async function lastResortLacks({ store }: Pick<Looks, 'store'>): Promise<'people' | Channel | undefined> {
  const { lastResort, hasTelegram, hasSlack } = await store.office.get();
  const named = await store.people.find({ _id: { $in: lastResort } });
  const theirs = named.filter(isOnStaff).map(reachable);
  if (theirs.filter((accounts) => accounts.length > 0).length < 2) return 'people';
  const reached = new Set(theirs.flat().map(({ channel }) => channel));
  return hasTelegram && hasSlack ? channels.find((channel) => !reached.has(channel)) : undefined;
}
