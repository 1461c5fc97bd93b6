import { z } from 'zod';
import { FeedbackId, FileId, PersonId } from '../id.ts';
import type { Settings } from '../settings.ts';
import { localDate } from '../time.ts';

/** An opinion as it was said; a voice alone is enough. */
export const Said = z.object({ words: z.string().max(4000), files: z.array(FileId) });
export type Said = z.infer<typeof Said>;

/**
 * How a meeting went. Without a name by default: whose it is and which meeting it was is nowhere in it, only coordinator, place and month.
 * `personId` is there once the person chose to show the name [ECSILI].
 */
export const Feedback = z.object({
  id: FeedbackId,
  version: z.number().int(),
  coordinatorId: PersonId,
  placeCode: z.string(),
  /** `2026-11`. */
  month: z.string(),
  /** 1 very bad to 5 very good. */
  score: z.number().int().min(1).max(5),
  personId: PersonId.optional(),
  said: Said.optional(),
  wantsAnswer: z.boolean(),
  isAnswered: z.boolean(),
  answer: z.object({ by: PersonId, words: z.string() }).optional(),
});
export type Feedback = z.infer<typeof Feedback>;

/** To whom an answer goes, kept apart and sealed, for some days only. The id is the one of the feedback. */
export const ReturnAddress = z.object({ id: FeedbackId, version: z.number().int(), personId: PersonId });
export type ReturnAddress = z.infer<typeof ReturnAddress>;

/** So low that the coordinator is told at once. */
export const isLow = ({ score }: Pick<Feedback, 'score'>, { feedback }: Settings): boolean =>
  score <= feedback.lowScore;

/** All that is kept of when a meeting was. */
export const monthOf = (at: Date): string => localDate(at).slice(0, 7);

/** What every event of a feedback carries. Until a name is shown its lines name nobody. */
export const aboutFeedback = ({ id, personId }: Feedback) => ({
  about: { kind: 'feedback', id: id as string },
  feedbackId: id,
  isAnonymous: personId === undefined,
});
