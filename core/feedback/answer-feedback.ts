import { z } from 'zod';
import { FeedbackId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import type { Feedback } from './feedback.ts';
import { authorOf, feedbackSubject } from './return-address.ts';

/** The coordinator answers; the person hears back, named or not. Once the return address is forgotten nobody can be answered. */
export const answerFeedback = defineUseCase({
  name: 'answer-feedback',
  input: z.object({ feedbackId: FeedbackId, words: z.string().max(4000) }),
  subject: ({ feedbackId }, deps) => feedbackSubject(feedbackId, deps),

  async run({ feedbackId, words }, { store, actor }) {
    const feedback: Feedback = await store.feedback.must(feedbackId);
    if (feedback.isAnswered) throw new Refusal(phrase('general:toast.already'));
    if (!words.trim()) throw new Refusal(phrase('errors:empty'));
    if (!(await authorOf(feedback, { store }))) throw new Refusal(phrase('feedback:staff.addressGone'));
    const answered = await store.feedback.save({
      ...feedback,
      isAnswered: true,
      answer: { by: actor.id as PersonId, words: words.trim() },
    });
    return {
      events: [{ type: 'feedback.answered', about: { kind: 'feedback', id: feedbackId as string }, feedbackId }],
      result: answered,
    };
  },
});
