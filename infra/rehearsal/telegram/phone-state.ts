import type { InlineKeyboardButton, Message, MessageEntity } from '@grammyjs/types';
import type { PhoneKey, PhoneMessage, PhoneState, TextEntity } from '../shapes.ts';
import type { Kept, Memory, Person, WaitingWord } from './memory.ts';
import { inLanguage } from './profile.ts';
import { privateRoom } from './rooms.ts';

/** What the screen of this phone shows now. Without network: what it showed when the network went, and what waits in it. */
export function phoneState(memory: Memory, person: Person): PhoneState {
  const waiting = person.waiting.flatMap(({ word }) => (word === undefined ? [] : [waitingMessage(word)]));
  if (person.frozen !== null) return { ...person.frozen, messages: [...person.frozen.messages, ...waiting] };
  const kept = [...privateRoom(memory, person.user.id).messages.values()];
  const unread = kept.filter((one) => one.isFromBot && one.message.message_id > person.readUpTo);
  return {
    personId: person.personId,
    online: person.isOnline,
    hasBlockedBot: person.hasBlocked,
    hasStarted: person.hasStarted,
    bot: botAsSeen(memory, person.user.language_code),
    isTyping: person.isOnline && person.typingUntil > performance.now(),
    messages: [...kept.map(keptMessage), ...waiting],
    homeKeys: homeKeys(person),
    toast: person.toast,
    unread: unread.length,
    lockScreen: unread.length === 0 ? null : firstLine(unread.at(-1)?.message),
  };
}

const botAsSeen = ({ profile }: Memory, language: string | undefined) => ({
  name: inLanguage(profile.names, language),
  shortDescription: inLanguage(profile.shortDescriptions, language),
  description: inLanguage(profile.descriptions, language),
});

const homeKeys = ({ homeKeyboard }: Person): string[][] | null =>
  homeKeyboard?.keyboard.map((row) => row.map((key) => (typeof key === 'string' ? key : key.text))) ?? null;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

function keptMessage({ message, isFromBot, isSilent, hasNewText, tick }: Kept): PhoneMessage {
  return {
    ...shown(message),
    from: isFromBot ? 'bot' : 'person',
    at: iso(message.date * 1000),
    ...(hasNewText && message.edit_date !== undefined && { editedAt: iso(message.edit_date * 1000) }),
    ...(isSilent && { isSilent: true }),
    ...(!isFromBot && { tick }),
  };
}

function waitingMessage({ id, at, content }: WaitingWord): PhoneMessage {
  return { ...shown({ ...content, message_id: id } as Message), from: 'person', at: iso(at), tick: 'waiting' };
}

function shown(message: Message): Omit<PhoneMessage, 'from' | 'at'> {
  const entities = (message.entities ?? message.caption_entities ?? []).map(shownEntity);
  const file = message.photo?.at(-1) ?? message.voice ?? message.document ?? message.audio ?? message.sticker;
  const seconds = message.voice?.duration ?? message.audio?.duration;
  const fileName = message.document?.file_name ?? message.audio?.file_name;
  const keys = message.reply_markup?.inline_keyboard.map((row) => row.map(shownKey));
  return {
    id: message.message_id,
    kind: kindOf(message),
    text: wordsOf(message),
    ...(entities.length > 0 && { entities }),
    ...(keys && { keys }),
    ...(seconds !== undefined && { seconds }),
    ...(fileName !== undefined && { fileName }),
    ...(file && { fileId: file.file_id }),
    ...(message.location && { place: placeOf(message.location, message.venue) }),
    ...(message.has_protected_content && { isProtected: true }),
  };
}

function kindOf(message: Message): PhoneMessage['kind'] {
  if (message.text !== undefined) return 'text';
  if (message.voice) return 'voice';
  if (message.photo) return 'photo';
  if (message.document ?? message.audio) return 'document';
  if (message.location) return 'location';
  if (message.contact) return 'contact';
  return message.sticker ? 'sticker' : 'service';
}

function wordsOf(message: Message): string {
  const { contact } = message;
  if (contact)
    return [[contact.first_name, contact.last_name].filter(Boolean).join(' '), contact.phone_number].join('\n');
  return message.text ?? message.caption ?? message.sticker?.emoji ?? '';
}

const placeOf = ({ latitude, longitude }: NonNullable<Message['location']>, venue: Message['venue']) => ({
  latitude,
  longitude,
  ...(venue && { title: venue.title, address: venue.address }),
});

const shownEntity = (entity: MessageEntity): TextEntity => ({
  type: entity.type,
  offset: entity.offset,
  length: entity.length,
  ...(entity.type === 'text_link' && { url: entity.url }),
});

function shownKey(key: InlineKeyboardButton): PhoneKey {
  if ('callback_data' in key) return { text: key.text, data: key.callback_data };
  if ('url' in key) return { text: key.text, url: key.url };
  return 'copy_text' in key ? { text: key.text, copy: key.copy_text.text } : { text: key.text };
}

/** A lock screen shows the first line, or the sign of what came. */
function firstLine(message: Message | undefined): string {
  if (message === undefined) return '';
  const words = wordsOf(message).split('\n')[0] ?? '';
  if (words !== '') return words;
  const signs: Partial<Record<PhoneMessage['kind'], string>> = {
    voice: '🎤',
    photo: '🖼',
    document: '📎',
    location: '📍',
  };
  return message.document?.file_name ?? message.venue?.title ?? signs[kindOf(message)] ?? '';
}
