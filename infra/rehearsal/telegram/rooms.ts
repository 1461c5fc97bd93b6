import type { Chat } from '@grammyjs/types';
import type { Memory, Person, Room } from './memory.ts';
import type { Call } from './parameters.ts';
import { textOf } from './parameters.ts';
import { badRequest, forbidden } from './refusal.ts';

/** The chat a bot means by `chat_id`. A private one exists once the bot has met the person. */
export function roomOf(memory: Memory, call: Call, field = 'chat_id'): Room {
  const text = textOf(call, field);
  if (text === '') throw badRequest(`${field} is empty`);
  const room = text.startsWith('@') ? roomByName(memory, text.slice(1)) : memory.rooms.get(Number(text));
  if (room === undefined) throw badRequest('chat not found');
  const person = personOf(memory, room);
  if (person !== null && !person.isMet) throw badRequest('chat not found');
  return room;
}

/** A chat in which the bot may act now, or the server's reason why not. */
export function roomToWriteIn(memory: Memory, call: Call): Room {
  const room = roomOf(memory, call);
  const person = personOf(memory, room);
  if (person === null) checkGroup(room);
  else checkPerson(person);
  return room;
}

/** https://core.telegram.org/bots/api#error-handling (codes), wording from the server's source */
function checkPerson(person: Person): void {
  if (person.user.is_bot) throw forbidden("bot can't send messages to bots");
  if (person.isDeactivated) throw forbidden('user is deactivated');
  /** "Bots can't initiate conversations with users": https://core.telegram.org/bots/features#what-features-do-bots-have */
  if (!person.hasStarted) throw forbidden("bot can't initiate conversation with a user");
  if (person.hasBlocked) throw forbidden('bot was blocked by the user');
}

/** `migrate_to_chat_id`: https://core.telegram.org/bots/api#responseparameters */
function checkGroup(room: Room): void {
  if (room.movedTo !== undefined) {
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: room.movedTo });
  }
  if (!room.isBotInside) throw forbidden(`bot was kicked from the ${room.chat.type} chat`);
}

const roomByName = (memory: Memory, name: string): Room | undefined =>
  [...memory.rooms.values()].find(
    (room) => room.chat.type !== 'private' && room.chat.username?.toLowerCase() === name.toLowerCase(),
  );

/** The person of a private chat; null in a group. */
export function personOf(memory: Memory, room: Room): Person | null {
  return room.chat.type === 'private' ? knownPerson(memory, room.chat.id) : null;
}

export function knownPerson(memory: Memory, userId: number): Person {
  const person = memory.people.get(userId);
  if (person === undefined) throw new Error(`nobody was added with id ${userId}`);
  return person;
}

/** Private chats have the id of their person: https://core.telegram.org/bots/api#chat */
export function privateRoom(memory: Memory, userId: number): Room {
  const room = memory.rooms.get(userId);
  if (room === undefined) throw new Error(`there is no private chat ${userId}`);
  return room;
}

export function newRoom(chat: Chat, members: Iterable<number> = []): Room {
  return { chat, members: new Set(members), messages: new Map(), isBotInside: true };
}
