import type { Message, MessageId } from '@grammyjs/types';
import { markupOf } from './keyboards.ts';
import type { Memory } from './memory.ts';
import { keptOf, put, replyOf, send } from './messages.ts';
import type { Call } from './parameters.ts';
import { messageIdOf, requiredTextOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { roomOf, roomToWriteIn } from './rooms.ts';
import { captionOf, messageText } from './texts.ts';

/** https://core.telegram.org/bots/api#sendmessage */
export function sendMessage(memory: Memory, call: Call): Message.TextMessage {
  const { text, entities } = messageText(call);
  return send(memory, call, { text, ...(entities.length > 0 && { entities }) });
}

/** https://core.telegram.org/bots/api#copymessage: "Service messages ... can't be copied"; a new caption replaces the old one. */
export function copyMessage(memory: Memory, call: Call): MessageId {
  requiredTextOf(call, 'from_chat_id');
  const caption = call.values.caption === undefined ? undefined : captionOf(call);
  const markup = markupOf(call);
  const from = roomOf(memory, call, 'from_chat_id');
  const { message } = keptOf(from, messageIdOf(call), 'copy');
  if (message.migrate_to_chat_id !== undefined || message.new_chat_members !== undefined)
    throw badRequest("the message can't be copied");
  const room = roomToWriteIn(memory, call);
  const reply = replyOf(call, room);
  const { message_id } = put(memory, call, room, markup, {
    ...contentOf(message),
    ...(hasCaption(message) && caption),
    ...reply,
  });
  return { message_id };
}

/** A text has no caption to replace. */
const hasCaption = ({ photo, voice, document, audio }: Message) => (photo ?? voice ?? document ?? audio) !== undefined;

function contentOf(message: Message): Partial<Message> {
  const {
    message_id: _id,
    from: _from,
    chat: _chat,
    date: _date,
    reply_markup: _keys,
    forward_origin: _origin,
    edit_date: _edited,
    reply_to_message: _reply,
    media_group_id: _album,
    has_protected_content: _protected,
    ...content
  } = message;
  return content;
}
