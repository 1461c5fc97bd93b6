import { isDeepStrictEqual } from 'node:util';
import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { inlineMarkupOf } from './keyboards.ts';
import type { Kept, Memory, Room } from './memory.ts';
import { seconds } from './memory.ts';
import { keptOf } from './messages.ts';
import type { Call } from './parameters.ts';
import { messageIdOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { personOf, roomToWriteIn } from './rooms.ts';
import { captionOf, messageText } from './texts.ts';

type Edited = Message & { edit_date: number };

/** https://core.telegram.org/bots/api#editmessagetext; without `reply_markup` the inline keys go. */
export function editMessageText(memory: Memory, call: Call): Edited & Message.TextMessage {
  const { text, entities } = messageText(call, 'MESSAGE_TOO_LONG');
  const markup = inlineMarkupOf(call);
  const { room, kept } = messageToEdit(memory, call);
  if (kept.message.text === undefined) throw badRequest('there is no text in the message to edit');
  const { entities: _old, ...rest } = kept.message;
  const next = { ...rest, text, ...(entities.length > 0 && { entities }) };
  return { ...change(memory, room, kept, next, markup), text };
}

/** https://core.telegram.org/bots/api#editmessagecaption */
export function editMessageCaption(memory: Memory, call: Call): Edited & Message.CaptionableMessage {
  const caption = captionOf(call, 'MEDIA_CAPTION_TOO_LONG');
  const markup = inlineMarkupOf(call);
  const { room, kept } = messageToEdit(memory, call);
  const { photo, voice, document, audio } = kept.message;
  if ((photo ?? voice ?? document ?? audio) === undefined)
    throw badRequest('there is no caption in the message to edit');
  const { caption: _text, caption_entities: _list, ...rest } = kept.message;
  return change(memory, room, kept, { ...rest, ...caption }, markup);
}

/** https://core.telegram.org/bots/api#editmessagereplymarkup */
export function editMessageReplyMarkup(memory: Memory, call: Call): Edited {
  const markup = inlineMarkupOf(call);
  const { room, kept } = messageToEdit(memory, call);
  return change(memory, room, kept, kept.message, markup);
}

/**
 * Only own messages, and "it is currently only possible to edit messages without reply_markup or with inline keyboards":
 * https://core.telegram.org/bots/api#updating-messages
 */
function messageToEdit(memory: Memory, call: Call): { room: Room; kept: Kept } {
  if (textOf(call, 'chat_id') === '' && messageIdOf(call) === 0) {
    throw badRequest(
      textOf(call, 'inline_message_id') === '' ? 'message identifier is not specified' : 'MESSAGE_ID_INVALID',
    );
  }
  const room = roomToWriteIn(memory, call);
  const kept = keptOf(room, messageIdOf(call), 'edit');
  if (!kept.isFromBot || kept.hadReplyKeyboard) throw badRequest("message can't be edited");
  return { room, kept };
}

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

function change(
  memory: Memory,
  room: Room,
  kept: Kept,
  next: Message,
  markup: InlineKeyboardMarkup | undefined,
): Edited {
  const { reply_markup: _keys, edit_date: _date, ...content } = next;
  const message: Edited = { ...content, edit_date: seconds(memory), ...(markup && { reply_markup: markup }) };
  if (isSame(kept.message, message)) throw badRequest(notModified);
  kept.hasNewText ||= kept.message.text !== message.text || kept.message.caption !== message.caption;
  kept.message = message;
  const person = personOf(memory, room);
  if (person !== null) memory.changed(person.user.id);
  return message;
}

function isSame(before: Message, after: Message): boolean {
  const { edit_date: _before, ...left } = before;
  const { edit_date: _after, ...right } = after;
  return isDeepStrictEqual(left, right);
}
