import type { FeedbackId, PersonId } from '../id.ts';
import type { Subjects } from '../rights.ts';
import type { Looks } from '../world.ts';
import type { Feedback } from './feedback.ts';

/** To whom an answer goes; `undefined` once the return address is forgotten. Never shown to staff. */
export async function authorOf(
  { id, personId }: Feedback,
  { store }: Pick<Looks, 'store'>,
): Promise<PersonId | undefined> {
  return personId ?? (await store.returnAddresses.get(id))?.personId;
}

/** A feedback as the permission table sees it: the author keeps the right to their own words while the return address lives. */
export async function feedbackSubject(
  feedbackId: FeedbackId,
  deps: Pick<Looks, 'store'>,
): Promise<Subjects['feedback'] | undefined> {
  const feedback = await deps.store.feedback.get(feedbackId);
  return (
    feedback && { id: feedback.id, coordinatorId: feedback.coordinatorId, personId: await authorOf(feedback, deps) }
  );
}
