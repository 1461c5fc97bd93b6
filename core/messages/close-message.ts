import { z } from 'zod';
import { MessageId, type PersonId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutMessage, isOver } from './kept-message.ts';

/** "Am citit": a message that needs no answer, thanks for example. Who wrote hears that it was read. */
export const closeMessage = defineUseCase({
  name: 'close-message',
  input: z.object({ messageId: MessageId }),
  subject: ({ messageId }, { store }) => store.messages.get(messageId),

  async run({ messageId }, { store, actor }) {
    const message = await store.messages.must(messageId);
    if (isOver(message)) return unchanged(message);
    const closed = await store.messages.save({ ...message, state: 'closed' });
    return { events: [{ type: 'message.closed', ...aboutMessage(message), by: actor.id as PersonId }], result: closed };
  },
});
