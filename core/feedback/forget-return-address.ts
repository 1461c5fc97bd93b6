import { z } from 'zod';
import { FeedbackId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';

/** After some days nothing leads from an anonymous opinion to its person any more. */
export const forgetReturnAddress = defineUseCase({
  name: 'forget-return-address',
  input: z.object({ feedbackId: FeedbackId }),
  subject: ({ feedbackId }, { store }) => store.feedback.get(feedbackId),

  async run({ feedbackId }, { store }) {
    const removed = await store.returnAddresses.remove({ _id: feedbackId });
    if (removed === 0) return unchanged(feedbackId);
    return {
      events: [
        { type: 'feedback.address-forgotten', about: { kind: 'feedback', id: feedbackId as string }, feedbackId },
      ],
      result: feedbackId,
    };
  },
});
