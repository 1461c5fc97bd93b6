import { z } from 'zod';
import { MessageId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutMessage } from './kept-message.ts';

/** "Citesc": opens the words of a message; each reading leaves a line [GUIDE]. */
export const readMessage = defineUseCase({
  name: 'read-message',
  input: z.object({ messageId: MessageId }),
  subject: ({ messageId }, { store }) => store.messages.get(messageId),

  async run({ messageId }, { store }) {
    const message = await store.messages.must(messageId);
    const opened = message.state === 'waiting' ? await store.messages.save({ ...message, state: 'read' }) : message;
    return { events: [{ type: 'message.read', ...aboutMessage(message) }], result: opened };
  },
});
