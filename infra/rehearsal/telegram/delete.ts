import type { Kept, Memory, Room } from './memory.ts';
import { seconds } from './memory.ts';
import { keptOf } from './messages.ts';
import type { Call } from './parameters.ts';
import { jsonOf, messageIdOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { personOf, roomOf } from './rooms.ts';

/** "A message can only be deleted if it was sent less than 48 hours ago": https://core.telegram.org/bots/api#deletemessage */
const deletableSeconds = 48 * 3600;

export function deleteMessage(memory: Memory, call: Call): true {
  if (textOf(call, 'chat_id') === '') throw badRequest('chat identifier is not specified');
  if (messageIdOf(call) === 0) throw badRequest('message identifier is not specified');
  const room = roomOf(memory, call);
  return remove(memory, room, [keptOf(room, messageIdOf(call), 'delete')]);
}

/** https://core.telegram.org/bots/api#deletemessages: 1-100 ids; "If some of the specified messages can't be found, they are skipped." */
export function deleteMessages(memory: Memory, call: Call): true {
  const ids = jsonOf(call, 'message_ids', 'message identifiers');
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > 100) throw badRequest('too many message identifiers specified');
  const room = roomOf(memory, call);
  return remove(
    memory,
    room,
    ids.flatMap((id) => room.messages.get(Number(id)) ?? []),
  );
}

function remove(memory: Memory, room: Room, list: Kept[]): true {
  for (const kept of list) checkDeletable(memory, room, kept);
  for (const kept of list) room.messages.delete(kept.message.message_id);
  const person = personOf(memory, room);
  if (person !== null) memory.changed(person.user.id);
  return true;
}

/** "Bots can delete outgoing messages" anywhere, "incoming messages in private chats"; in groups as administrators, which this bot is not. */
function checkDeletable(memory: Memory, room: Room, kept: Kept): void {
  if (!kept.isFromBot && room.chat.type !== 'private') throw badRequest("message can't be deleted");
  const isYoung = seconds(memory) - kept.message.date < deletableSeconds;
  if (!isYoung) throw badRequest("message can't be deleted for everyone");
}
