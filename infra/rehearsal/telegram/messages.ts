import type { Message } from '@grammyjs/types';
import type { Markup } from './keyboards.ts';
import { markupOf } from './keyboards.ts';
import type { Kept, Memory, Room } from './memory.ts';
import { seconds } from './memory.ts';
import type { Call } from './parameters.ts';
import { integerOf, isObject, isOn, jsonOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { personOf, roomToWriteIn } from './rooms.ts';

/** What makes one message differ from another: text, voice, place and so on. */
export type Content = Partial<Message>;

/** Puts a message of the bot into the chat, after the checks every send shares. */
export function send<C extends Content>(memory: Memory, call: Call, content: C): Message & C {
  const markup = markupOf(call);
  const room = roomToWriteIn(memory, call);
  const reply = replyOf(call, room);
  return put(memory, call, room, markup, { ...content, ...reply });
}

export function put<C extends Content>(
  memory: Memory,
  call: Call,
  room: Room,
  markup: Markup | undefined,
  content: C,
): Message & C {
  const message: Message & C = {
    ...content,
    message_id: nextMessageId(memory),
    from: botAsUser(memory),
    chat: room.chat,
    date: seconds(memory),
    ...(markup && 'inline_keyboard' in markup && markup.inline_keyboard.length > 0 && { reply_markup: markup }),
    ...(isOn(call, 'protect_content') && { has_protected_content: true as const }),
  };
  room.messages.set(message.message_id, {
    message,
    isFromBot: true,
    isSilent: isOn(call, 'disable_notification'),
    hasNewText: false,
    tick: 'stored',
    hadReplyKeyboard: markup !== undefined && !('inline_keyboard' in markup),
  });
  arrived(memory, room, markup);
  return message;
}

/** The other side: home keyboard, end of "typing", and the phone is told. */
function arrived(memory: Memory, room: Room, markup: Markup | undefined): void {
  const person = personOf(memory, room);
  if (person === null) return;
  person.typingUntil = 0;
  if (markup && 'keyboard' in markup) person.homeKeyboard = markup;
  if (markup && 'remove_keyboard' in markup) person.homeKeyboard = null;
  memory.changed(person.user.id);
}

export function nextMessageId(memory: Memory): number {
  memory.lastMessageId += 1;
  return memory.lastMessageId;
}

export const botAsUser = ({ me }: Memory) => ({
  id: me.id,
  is_bot: true,
  first_name: me.first_name,
  username: me.username,
});

/** https://core.telegram.org/bots/api#replyparameters */
export function replyOf(call: Call, room: Room): { reply_to_message?: NonNullable<Message['reply_to_message']> } {
  const given = jsonOf(call, 'reply_parameters', 'reply parameters');
  const id = isObject(given) ? Number(given.message_id) : integerOf(call, 'reply_to_message_id', 0, 0);
  if (!id) return {};
  const kept = room.messages.get(id);
  if (kept !== undefined) return { reply_to_message: withoutReply(kept.message) };
  if (isObject(given) ? given.allow_sending_without_reply === true : isOn(call, 'allow_sending_without_reply'))
    return {};
  throw badRequest('message to be replied not found');
}

function withoutReply(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

/** "message to edit not found" and its sisters, as the server words them. */
export function keptOf(room: Room, id: number, purpose: string): Kept {
  const kept = room.messages.get(id);
  if (kept === undefined) throw badRequest(`message to ${purpose} not found`);
  return kept;
}
