import type { PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { addMinutes } from '../time.ts';
import { type Erasure, erasureTimer } from './erasure.ts';
import { erasureRef } from './erasure-cards.ts';
import type { ErasureEvents } from './erasure-events.ts';

/** Messages in the chat are taken away first; then the keys go. Not before chats that answer are done; how long one that does not is waited for is a setting. */
const minutesForChats = 1;

/** Who may approve hears of it, the asker hears the answer, and the keys are destroyed by a timer that comes again until it worked. */
export const erasureReactions: Reactions<ErasureEvents> = {
  'erasure.asked': async ({ erasureId }, deps) => {
    const erasure = await deps.store.erasures.must(erasureId);
    const people = await approvers(erasure, deps);
    return people.map((to) => ({ do: 'tell', to, card: 'erasure', subject: erasureId, lane: 'waiting' }));
  },
  'erasure.approved': async ({ erasureId, personId }, deps) => [
    { do: 'takeAway', of: personId },
    {
      do: 'timer',
      key: erasureTimer(erasureId),
      kind: 'erase-person',
      subject: erasureId,
      at: addMinutes(deps.now, minutesForChats),
    },
    { do: 'refresh', subject: erasureId },
    ...(await tellAsker(erasureId, 'privacy:erase.approved', deps)),
  ],
  'erasure.declined': async ({ erasureId }, deps) => [
    { do: 'refresh', subject: erasureId },
    ...(await tellAsker(erasureId, 'privacy:erase.declined', deps)),
  ],
  'erasure.done': async ({ erasureId }, deps) => [
    { do: 'refresh', subject: erasureId },
    ...(await tellAsker(erasureId, 'privacy:erase.done', deps)),
  ],
  'erasure.repeated': () => [],
};

/** Administrators, supervisors and the coordinator of the person, but not who asked. */
async function approvers({ askedBy, coordinatorId }: Erasure, { store }: ReactionDeps): Promise<PersonId[]> {
  const people = [
    ...(await store.people.activeWithRole('admin')),
    ...(await store.people.activeWithRole('supervisor')),
  ];
  const ids = new Set([...people.map(({ id }) => id), ...(coordinatorId ? [coordinatorId] : [])]);
  ids.delete(askedBy);
  return [...ids];
}

type Answer = 'privacy:erase.approved' | 'privacy:erase.declined' | 'privacy:erase.done';

async function tellAsker(erasureId: string, key: Answer, deps: ReactionDeps): Promise<Reaction[]> {
  const erasure = await deps.store.erasures.must(erasureId);
  const message = { lines: [phrase(key, { caseRef: await erasureRef(erasure, deps) })] };
  return [{ do: 'tell', to: erasure.askedBy, message, lane: 'waiting' }];
}
