import { z } from 'zod';
import { type PersonId, RequestId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutRequest } from './request.ts';

/** Whoever decides agrees, or declines and says why; the asker hears it. A request is answered once. [GUIDE] */
export const answerRequest = defineUseCase({
  name: 'answer-request',
  input: z.object({ requestId: RequestId, agrees: z.boolean(), reason: z.string().max(4000).default('') }),
  subject: ({ requestId }, { store }) => store.requests.get(requestId),

  async run({ requestId, agrees, reason }, { store, actor, now }) {
    const request = await store.requests.must(requestId);
    if (request.answeredBy)
      throw new Refusal(
        phrase('refusals:alreadyAnswered', { name: (await store.people.must(request.answeredBy)).name }),
      );
    if (!agrees && !reason.trim()) throw new Refusal(phrase('errors:empty'));
    const by = actor.id as PersonId;
    const answered = await store.requests.save({
      ...request,
      state: agrees ? 'agreed' : 'declined',
      answeredBy: by,
      answeredAt: now,
      reason,
    });
    return { events: [{ type: 'request.answered', ...aboutRequest(request), by, agrees }], result: answered };
  },
});
