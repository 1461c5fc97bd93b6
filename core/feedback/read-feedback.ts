import { z } from 'zod';
import { FeedbackId } from '../id.ts';
import { isStaff } from '../roles.ts';
import { defineUseCase } from '../use-case.ts';
import { feedbackSubject } from './return-address.ts';

/** "Citesc": staff open the words, the person opens the answer; each reading leaves a line, one of an anonymous person without a name. */
export const readFeedback = defineUseCase({
  name: 'read-feedback',
  input: z.object({ feedbackId: FeedbackId }),
  subject: ({ feedbackId }, deps) => feedbackSubject(feedbackId, deps),

  async run({ feedbackId }, { store, actor }) {
    const feedback = await store.feedback.must(feedbackId);
    const isAnonymous = feedback.personId === undefined && !actor.roles.some(isStaff);
    return {
      events: [
        { type: 'feedback.read', about: { kind: 'feedback', id: feedbackId as string }, feedbackId, isAnonymous },
      ],
      result: feedback,
    };
  },
});
