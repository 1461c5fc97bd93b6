import type { MessageId, PersonId } from '../id.ts';
import type { KeptMessage } from './kept-message.ts';

export type MessageEvents = {
  /** Somebody wrote; `people` are told that it waits. */
  'message.kept': { messageId: MessageId; origin: KeptMessage['origin']; people: PersonId[] };
  /** More words of the same minutes, or the rest of an album. */
  'message.added': { messageId: MessageId };
  /** Corrected by who wrote it; `isReplaced` is false when somebody had answered already and the correction was added. */
  'message.edited': { messageId: MessageId; isReplaced: boolean };
  /** Somebody opened the words: a reading line [GUIDE]. */
  'message.read': { messageId: MessageId };
  /** `answer`: which one; answering again is possible. */
  'message.answered': { messageId: MessageId; by: PersonId; answer: number };
  /** Read, and it needs no answer. */
  'message.closed': { messageId: MessageId; by: PersonId };
  'message.reminded': { messageId: MessageId; people: PersonId[] };
};
