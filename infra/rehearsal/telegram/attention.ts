import type { ReactionTypeEmoji } from '@grammyjs/types';
import type { Memory, Person } from './memory.ts';
import { keptOf } from './messages.ts';
import type { Call } from './parameters.ts';
import { isObject, jsonOf, messageIdOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { personOf, roomToWriteIn } from './rooms.ts';

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

/** "The status is set for 5 seconds or less (when a message arrives from your bot, Telegram clients clear its typing status)": https://core.telegram.org/bots/api#sendchataction */
export function sendChatAction(memory: Memory, call: Call): true {
  if (!chatActions.has(textOf(call, 'action').toLowerCase())) throw badRequest('wrong parameter action in request');
  const person = personOf(memory, roomToWriteIn(memory, call));
  if (person !== null) showTyping(memory, person);
  return true;
}

function showTyping(memory: Memory, person: Person): void {
  person.typingUntil = performance.now() + memory.pace.typingMs;
  memory.changed(person.user.id);
  setTimeout(() => memory.changed(person.user.id), memory.pace.typingMs + 5).unref();
}

// biome-ignore format: one sign a line would be a long page
const reactions: ReadonlySet<string> = new Set<ReactionTypeEmoji['emoji']>([
  '👍', '👎', '❤', '🔥', '🥰', '👏', '😁', '🤔', '🤯', '😱', '🤬', '😢', '🎉', '🤩', '🤮', '💩', '🙏',
  '👌', '🕊', '🤡', '🥱', '🥴', '😍', '🐳', '❤‍🔥', '🌚', '🌭', '💯', '🤣', '⚡', '🍌', '🏆', '💔', '🤨', '😐',
  '🍓', '🍾', '💋', '🖕', '😈', '😴', '😭', '🤓', '👻', '👨‍💻', '👀', '🎃', '🙈', '😇', '😨', '🤝', '✍', '🤗',
  '🫡', '🎅', '🎄', '☃', '💅', '🤪', '🗿', '🆒', '💘', '🙉', '🦄', '😘', '💊', '🙊', '😎', '👾', '🤷‍♂', '🤷',
  '🤷‍♀', '😡',
]);

/** "Bots can't use paid reactions"; "as non-premium users, bots can set up to one reaction per message": https://core.telegram.org/bots/api#setmessagereaction */
export function setMessageReaction(memory: Memory, call: Call): true {
  const list = jsonOf(call, 'reaction', 'reaction types') ?? [];
  if (!Array.isArray(list)) throw badRequest('expected an Array of ReactionType');
  const room = roomToWriteIn(memory, call);
  keptOf(room, messageIdOf(call), 'react');
  if (list.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  const isKnown = list.every(
    (item: unknown) => isObject(item) && item.type === 'emoji' && reactions.has(String(item.emoji)),
  );
  if (!isKnown) throw badRequest('REACTION_INVALID');
  return true;
}
