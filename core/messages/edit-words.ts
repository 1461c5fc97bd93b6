import { z } from 'zod';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { type Done, defineUseCase } from '../use-case.ts';
import { aboutMessage, answerDueOf, isOver, type KeptMessage, type Part } from './kept-message.ts';

/** Who wrote a message corrects it: the words are replaced and the former kept, or added when somebody has answered already. */
export const editWords = defineUseCase({
  name: 'edit-words',
  input: z.object({ ref: z.string().max(200), words: z.string().min(1).max(50_000) }),
  subject: ({ ref }, { store }) => store.messages.withRef(ref),

  async run({ ref, words }, { store, now, settings }): Promise<Done<{ message: KeptMessage; isReplaced: boolean }>> {
    const message = await store.messages.withRef(ref);
    if (!message) throw new Refusal(phrase('refusals:gone'));
    const isReplaced = !isOver(message);
    const corrected = (part: Part): Part =>
      isReplaced ? { ...part, words, former: [...part.former, { at: now, words: part.words }] } : part;
    const parts = message.parts.map((part) => (part.ref === ref ? corrected(part) : part));
    const added: Part[] = isReplaced ? [] : [{ at: now, words, files: [], former: [] }];
    const again = isReplaced ? {} : { state: 'waiting' as const, answerDueAt: answerDueOf(now, settings) };
    const saved = await store.messages.save({ ...message, parts: [...parts, ...added], ...again });
    return {
      events: [{ type: 'message.edited', ...aboutMessage(message), isReplaced }],
      result: { message: saved, isReplaced },
    };
  },
});
