import type { Contact } from '@grammyjs/types';
import type { PhoneMessage, PhoneState } from '../shapes.ts';
import { asDocument, asPhoto, asVoice } from './media.ts';
import type { Memory, Person, Room } from './memory.ts';
import type { Content } from './messages.ts';
import { nextMessageId } from './messages.ts';
import { asText, takeBlock, takeEdit, takeFromPerson, takeTap } from './person-words.ts';
import { phoneState } from './phone-state.ts';
import { knownPerson, privateRoom } from './rooms.ts';
import { maxText } from './texts.ts';

export type Place = { latitude: number; longitude: number; title?: string; address?: string };
export type Sent = { bytes: Uint8Array; caption?: string; fileName?: string; mimeType?: string; declaredSize?: number };

/** One person's Telegram app. What sends gives the message id; a negative one while the phone has no network. */
export type Phone = ReturnType<typeof phoneOf>;

export function phoneOf(memory: Memory, userId: number) {
  const person = knownPerson(memory, userId);
  const room = privateRoom(memory, userId);
  const send = (content: Content) => sendOrKeep(memory, person, room, content);
  const { shelf } = memory;
  return {
    /** Presses Start, or opens t.me/<bot>?start=<payload>: "A-Z, a-z, 0-9, _ and -", up to 64. https://core.telegram.org/bots/features#deep-linking */
    start(payload = ''): number {
      if (!/^[\w-]{0,64}$/.test(payload)) throw new Error(`"${payload}" cannot stand in a start link`);
      if (person.hasBlocked) whenOnline(person, () => takeBlock(memory, person, false));
      return send(asText(payload === '' ? '/start' : `/start ${payload}`));
    },
    /** The app cuts spaces around a text and sends a long one in parts; the id is that of the last. */
    says: (text: string): number => partsOf(text).reduce((_, part) => send(asText(part)), 0),
    /** An inline key, by its text or data. Without network the tap is lost: false. */
    taps(messageId: number, textOrData: string): boolean {
      if (!person.isOnline) return false;
      markRead(memory, person);
      takeTap(memory, person, room, messageId, textOrData);
      return true;
    },
    /** A key of the home keyboard; it sends its text, or what it asks for. */
    presses(text: string, place?: Place): number {
      const keyboard = person.homeKeyboard;
      const key = keyboard?.keyboard.flat().find((one) => (typeof one === 'string' ? one : one.text) === text);
      if (key === undefined) throw new Error(`the home keyboard has no key "${text}"`);
      if (keyboard?.one_time_keyboard) person.homeKeyboard = null;
      if (typeof key === 'object' && 'request_contact' in key) return send({ contact: ownContact(person) });
      if (typeof key === 'object' && 'request_location' in key) return send(placeContent(place));
      return send(asText(text));
    },
    sendsVoice: (bytes: Uint8Array, seconds: number): number =>
      send({ voice: asVoice(shelf.put({ kind: 'voice', bytes, mimeType: 'audio/ogg' }), seconds) }),
    sendsPhoto: (bytes: Uint8Array, caption?: string): number =>
      send(photoContent(memory, { bytes, ...(caption !== undefined && { caption }) })),
    /** Several pictures at once: one update each, with one `media_group_id`. */
    sendsAlbum(items: readonly Sent[]): number[] {
      const media_group_id = `${13_000_000_000_000_000 + nextMessageId(memory)}`;
      return items.map((item) => send({ ...photoContent(memory, item), media_group_id }));
    },
    sendsDocument({
      bytes,
      caption,
      fileName = 'document.pdf',
      mimeType = 'application/pdf',
      declaredSize,
    }: Sent): number {
      const file = shelf.put({
        kind: 'document',
        bytes,
        name: fileName,
        mimeType,
        ...(declaredSize !== undefined && { declaredSize }),
      });
      return send({ document: asDocument(file), ...(caption !== undefined && { caption }) });
    },
    sendsLocation: (place: Place): number => send(placeContent(place)),
    /** The own card when none is given: then `user_id` is the sender's. */
    sendsContact: (contact: Contact = ownContact(person)): number => send({ contact }),
    sendsSticker: (emoji = '👍'): number => send(stickerContent(memory, emoji)),
    forwards: ({ text, from }: { text: string; from: string }): number =>
      send({
        ...asText(text),
        forward_origin: { type: 'hidden_user', date: Math.floor(memory.now() / 1000), sender_user_name: from },
      }),
    edits: (messageId: number, text: string): void => edit(memory, person, room, messageId, text),
    blocks: (): void => whenOnline(person, () => takeBlock(memory, person, true)),
    unblocks: (): void => whenOnline(person, () => takeBlock(memory, person, false)),
    /** The account is gone: 403 "user is deactivated". */
    deletesAccount(): void {
      person.isDeactivated = true;
    },
    goesOffline: (): void => goOffline(memory, person),
    goesOnline: (): void => goOnline(memory, person),
    /** Looks at the chat: nothing is unread. */
    reads: (): void => markRead(memory, person),
    inGroup: (groupId: number) => inGroup(memory, person, groupId),
    state: (): PhoneState => phoneState(memory, person),
    messages: (): PhoneMessage[] => phoneState(memory, person).messages,
  };
}

function partsOf(text: string): string[] {
  const whole = text.trim();
  if (whole === '') throw new Error('the app sends no empty text');
  return whole.match(new RegExp(`.{1,${maxText}}`, 'gsu')) ?? [];
}

let lastWaitingId = 0;

function sendOrKeep(memory: Memory, person: Person, room: Room, content: Content): number {
  if (person.isOnline) {
    /** The app offers "Unblock" in place of the keyboard. */
    if (person.hasBlocked) throw new Error(`${person.user.first_name} has blocked the bot and cannot write to it`);
    const id = takeFromPerson(memory, person, room, content);
    markRead(memory, person);
    return id;
  }
  lastWaitingId -= 1;
  const word = { id: lastWaitingId, at: memory.now(), content };
  person.waiting.push({
    word,
    goOut: () => void (person.hasBlocked || takeFromPerson(memory, person, room, word.content)),
  });
  memory.changed(person.user.id);
  return word.id;
}

function whenOnline(person: Person, act: () => void): void {
  if (person.isOnline) act();
  else person.waiting.push({ goOut: act });
}

function edit(memory: Memory, person: Person, room: Room, id: number, text: string): void {
  const waiting = person.waiting.find(({ word }) => word?.id === id)?.word;
  if (waiting === undefined) {
    whenOnline(person, () => takeEdit(memory, person, room, id, text));
    return;
  }
  const { entities: _old, ...rest } = waiting.content;
  waiting.content = { ...rest, ...(rest.text === undefined ? { caption: text } : asText(text)) };
  memory.changed(person.user.id);
}

function goOffline(memory: Memory, person: Person): void {
  if (!person.isOnline) return;
  person.frozen = { ...structuredClone(phoneState(memory, person)), online: false, isTyping: false };
  person.isOnline = false;
  memory.changed(person.user.id);
}

/** What waited goes out once and in order; what came meanwhile is there. */
function goOnline(memory: Memory, person: Person): void {
  if (person.isOnline) return;
  const waiting = person.waiting;
  Object.assign(person, { isOnline: true, frozen: null, waiting: [] });
  for (const act of waiting) act.goOut();
  memory.changed(person.user.id);
}

function markRead(memory: Memory, person: Person): void {
  const shown = person.frozen === null ? memory.lastMessageId : (person.frozen.messages.at(-1)?.id ?? 0);
  if (person.readUpTo >= shown) return;
  person.readUpTo = shown;
  if (person.frozen !== null) person.frozen = { ...person.frozen, unread: 0, lockScreen: null };
  memory.changed(person.user.id);
}

function photoContent(memory: Memory, { bytes, caption, declaredSize }: Sent): Content {
  const file = memory.shelf.put({
    kind: 'photo',
    bytes,
    mimeType: 'image/jpeg',
    ...(declaredSize !== undefined && { declaredSize }),
  });
  return { photo: asPhoto(memory.shelf, file), ...(caption !== undefined && { caption }) };
}

function placeContent(place: Place | undefined): Content {
  if (place === undefined) throw new Error('this key sends a place: give one');
  const location = { latitude: place.latitude, longitude: place.longitude };
  if (place.title === undefined) return { location };
  return { location, venue: { location, title: place.title, address: place.address ?? '' } };
}

function stickerContent(memory: Memory, emoji: string): Content {
  const file = memory.shelf.put({ kind: 'sticker', bytes: Buffer.from(emoji), mimeType: 'image/webp' });
  const picture = {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    width: 512,
    height: 512,
  };
  return { sticker: { ...picture, type: 'regular', is_animated: false, is_video: false, emoji } };
}

const ownContact = ({ user }: Person): Contact => ({
  phone_number: `+407${String(user.id).padStart(8, '0').slice(-8)}`,
  first_name: user.first_name,
  ...(user.last_name !== undefined && { last_name: user.last_name }),
  user_id: user.id,
});

function inGroup(memory: Memory, person: Person, groupId: number) {
  const room = memory.rooms.get(groupId);
  if (room === undefined || !room.members.has(person.user.id))
    throw new Error(`${person.user.first_name} is not in group ${groupId}`);
  return {
    says: (text: string, replyTo?: number): number =>
      takeFromPerson(memory, person, room, { ...asText(text), ...replyContent(room, replyTo) }),
    taps: (messageId: number, textOrData: string): void => takeTap(memory, person, room, messageId, textOrData),
  };
}

function replyContent(room: Room, id: number | undefined): Content {
  const message = id === undefined ? undefined : room.messages.get(id)?.message;
  return message === undefined
    ? {}
    : { reply_to_message: { ...message, reply_to_message: undefined } as NonNullable<Content['reply_to_message']> };
}
