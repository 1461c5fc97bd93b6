import { z } from 'zod';
import { FileId, MessageId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutMessage } from './kept-message.ts';

/** A human answers, with words, voice or photo; it goes to the chat of who wrote. Answering again is possible. */
export const answerMessage = defineUseCase({
  name: 'answer-message',
  input: z.object({
    messageId: MessageId,
    words: z.string().max(10_000).default(''),
    files: z.array(FileId).max(20).default([]),
  }),
  subject: ({ messageId }, { store }) => store.messages.get(messageId),

  async run({ messageId, words, files }, { store, actor, now }) {
    if (!words.trim() && files.length === 0) throw new Refusal(phrase('errors:empty'));
    const message = await store.messages.must(messageId);
    const by = actor.id as PersonId;
    const answered = await store.messages.save({
      ...message,
      state: 'answered',
      answers: [...message.answers, { by, at: now, words, files }],
    });
    return {
      events: [{ type: 'message.answered', ...aboutMessage(message), by, answer: message.answers.length }],
      result: answered,
    };
  },
});
