import { z } from 'zod';
import { MessageId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutMessage, isOver } from './kept-message.ts';
import { readersOf } from './readers.ts';

/** A message nobody answered reminds whoever reads it today: a substitute or those on duty hear it too. */
export const remindMessage = defineUseCase({
  name: 'remind-message',
  input: z.object({ messageId: MessageId }),
  subject: ({ messageId }, { store }) => store.messages.get(messageId),

  async run({ messageId }, deps) {
    const message = await deps.store.messages.must(messageId);
    if (isOver(message)) return unchanged(message);
    const people = await readersOf(message, deps);
    const reminded = await deps.store.messages.save({
      ...message,
      readerIds: [...new Set([...message.readerIds, ...people])],
    });
    return { events: [{ type: 'message.reminded', ...aboutMessage(message), people }], result: reminded };
  },
});
