import type { Chat } from '@grammyjs/types';
import type { Memory, Room } from './memory.ts';
import { seconds } from './memory.ts';
import { takeFromPerson } from './person-words.ts';
import { knownPerson, newRoom } from './rooms.ts';

export type NewGroup = { id: number; title: string; members: readonly number[]; kind?: 'group' | 'supergroup' };

/** Group ids are negative, supergroups begin with -100: https://core.telegram.org/bots/api#chat */
export function addGroup(memory: Memory, { id, title, members, kind = 'group' }: NewGroup): void {
  if (id >= 0) throw new Error('the id of a group is negative');
  memory.rooms.set(id, newRoom({ id, title, type: kind }, members));
}

/** What happens to a group as a whole. */
export function groupOf(memory: Memory, id: number) {
  const room = memory.rooms.get(id);
  if (room === undefined || room.chat.type === 'private') throw new Error(`there is no group ${id}`);
  return {
    /** Becomes a supergroup: the old id answers with `migrate_to_chat_id`. https://core.telegram.org/bots/api#message */
    becomesSupergroup: (newId: number): void => migrate(memory, room, newId),
    removesBot: (byUserId: number): void => moveBot(memory, room, byUserId, false),
    addsBot: (byUserId: number): void => moveBot(memory, room, byUserId, true),
    /** Texts in the group, oldest first. */
    texts: (): string[] => [...room.messages.values()].map(({ message }) => message.text ?? ''),
  };
}

function migrate(memory: Memory, room: Room, newId: number): void {
  const chat: Chat = { id: newId, title: room.chat.title ?? '', type: 'supergroup' };
  const next = newRoom(chat, room.members);
  memory.rooms.set(newId, next);
  const person = knownPerson(memory, [...room.members][0] ?? 0);
  takeFromPerson(memory, person, room, { migrate_to_chat_id: newId });
  takeFromPerson(memory, person, next, { migrate_from_chat_id: room.chat.id });
  room.movedTo = newId;
}

/** `my_chat_member`: https://core.telegram.org/bots/api#chatmemberupdated */
function moveBot(memory: Memory, room: Room, byUserId: number, isInside: boolean): void {
  if (room.isBotInside === isInside) return;
  room.isBotInside = isInside;
  const user = memory.me;
  const away = { status: 'kicked' as const, user, until_date: 0 };
  const here = { status: 'member' as const, user };
  memory.queue.add({
    my_chat_member: {
      chat: room.chat,
      from: knownPerson(memory, byUserId).user,
      date: seconds(memory),
      old_chat_member: isInside ? away : here,
      new_chat_member: isInside ? here : away,
    },
  });
}
