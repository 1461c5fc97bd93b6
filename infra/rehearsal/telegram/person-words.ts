import type { Message, Update } from '@grammyjs/types';
import type { Kept, Memory, Person, Room } from './memory.ts';
import { seconds } from './memory.ts';
import type { Content } from './messages.ts';
import { nextMessageId } from './messages.ts';
import { openQuery } from './queries.ts';
import { privateRoom } from './rooms.ts';
import { foundEntities } from './texts.ts';

/** The text as Telegram gives it on: commands, mentions and addresses are marked. https://core.telegram.org/bots/api#messageentity */
export function asText(text: string): { text: string; entities?: NonNullable<Message['entities']> } {
  const entities = foundEntities(text);
  return { text, ...(entities.length > 0 && { entities }) };
}

/** A person's message reaches the server: it has an id now, and an update if the bot may see it. */
export function takeFromPerson(memory: Memory, person: Person, room: Room, content: Content): number {
  const message: Message = {
    ...content,
    message_id: nextMessageId(memory),
    from: person.user,
    chat: room.chat,
    date: seconds(memory),
  };
  const kept: Kept = {
    message,
    isFromBot: false,
    isSilent: false,
    hadReplyKeyboard: false,
    hasNewText: false,
    tick: 'taken',
  };
  room.messages.set(message.message_id, kept);
  if (room.chat.type === 'private') person.hasStarted = true;
  if (isSeenByBot(memory, room, message)) tellBot(memory, person, kept);
  memory.changed(person.user.id);
  return message.message_id;
}

function tellBot(memory: Memory, person: Person, kept: Kept): void {
  person.isMet = true;
  memory.queue.add({ message: kept.message as NonNullable<Update['message']> }, () => {
    kept.tick = 'stored';
    memory.changed(person.user.id);
  });
}

/**
 * Privacy mode, on by default: in a group a bot sees commands meant for it, replies to its own messages and service
 * messages. https://core.telegram.org/bots/features#privacy-mode
 */
function isSeenByBot(memory: Memory, room: Room, message: Message): boolean {
  if (room.chat.type === 'private') return true;
  if (!room.isBotInside) return false;
  if (memory.readsWholeGroups || message.migrate_to_chat_id !== undefined || message.migrate_from_chat_id !== undefined)
    return true;
  if (message.reply_to_message?.from?.id === memory.me.id) return true;
  return (message.entities ?? []).some(({ type, offset, length }) => {
    if (type !== 'bot_command') return false;
    const named = message.text?.slice(offset, offset + length).split('@')[1];
    return named === undefined || named.toLowerCase() === memory.me.username.toLowerCase();
  });
}

/** An edited word: `edited_message`, https://core.telegram.org/bots/api#update */
export function takeEdit(memory: Memory, person: Person, room: Room, id: number, text: string): void {
  const kept = room.messages.get(id);
  if (kept === undefined || kept.isFromBot) throw new Error(`message ${id} is not this person's`);
  const { text: _text, entities: _entities, caption: _caption, ...rest } = kept.message;
  const words = kept.message.text === undefined ? { caption: text } : asText(text);
  kept.message = { ...rest, ...words, edit_date: seconds(memory) };
  kept.hasNewText = true;
  memory.queue.add({ edited_message: kept.message as NonNullable<Update['edited_message']> });
  memory.changed(person.user.id);
}

/** A tap on an inline key; keys with an address or a text to copy tell the bot nothing. https://core.telegram.org/bots/api#callbackquery */
export function takeTap(memory: Memory, person: Person, room: Room, id: number, textOrData: string): void {
  const message = room.messages.get(id)?.message;
  const keys = message?.reply_markup?.inline_keyboard.flat() ?? [];
  const key =
    keys.find((one) => 'callback_data' in one && one.callback_data === textOrData) ??
    keys.find((one) => one.text === textOrData);
  if (message === undefined || key === undefined) throw new Error(`message ${id} has no key "${textOrData}"`);
  if (!('callback_data' in key)) return;
  person.isMet = true;
  memory.queue.add({
    callback_query: {
      id: openQuery(memory, person.user.id),
      from: person.user,
      message,
      data: key.callback_data,
      chat_instance: String(BigInt(room.chat.id) * 7919n),
    },
  });
}

/** "For private chats, this update is received only when the bot is blocked or unblocked by the user": https://core.telegram.org/bots/api#update */
export function takeBlock(memory: Memory, person: Person, hasBlocked: boolean): void {
  if (person.hasBlocked === hasBlocked) return;
  person.hasBlocked = hasBlocked;
  const { chat } = privateRoom(memory, person.user.id);
  const user = memory.me;
  const away = { status: 'kicked' as const, user, until_date: 0 };
  const here = { status: 'member' as const, user };
  memory.queue.add({
    my_chat_member: {
      chat,
      from: person.user,
      date: seconds(memory),
      old_chat_member: hasBlocked ? here : away,
      new_chat_member: hasBlocked ? away : here,
    },
  });
  memory.changed(person.user.id);
}
