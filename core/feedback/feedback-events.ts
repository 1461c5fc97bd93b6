import type { FeedbackId } from '../id.ts';

type Of = { feedbackId: FeedbackId };

export type FeedbackEvents = {
  'feedback.given': Of & { isLow: boolean };
  /** A sentence, a name, or the wish for an answer came with it. */
  'feedback.added': Of;
  'feedback.answered': Of;
  /** The story was opened: a reading line; without a name when it is the anonymous person who reads the answer. */
  'feedback.read': Of;
  'feedback.address-forgotten': Of;
};
