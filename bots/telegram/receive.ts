import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from '@grammyjs/types';
import type { Incoming, IncomingKind, MessageRef } from '#bots/dialogue/incoming.ts';
import type { Seal } from '#core/seal.ts';
import { filesIn } from './files-in.ts';
import { isAddressed } from './is-addressed.ts';

/** Who receives: the bot's own id and name, and the seal that hides accounts in lanes. */
export type Receiver = { botId: string | number; botUsername: string; seal: Seal };

const longestText = 4000;

/** What a person sent, in the one shape of both chats. Pure, and never throws: what is not known is `ignored`. */
export function incomingOf(update: Update, receiver: Receiver): Incoming {
  const key = `tg:${receiver.botId}:${asId(update?.update_id)}`;
  const from = senderOf(update);
  const account = { key: idOf(from), address: idOf(from) };
  const head = { key, channel: 'telegram' as const, lane: laneOf(update, receiver.seal), account, ...said(from) };
  try {
    return { ...head, ...kindOf(update, receiver) };
  } catch {
    return { ...head, kind: 'ignored' };
  }
}

/** The lane of an update: its account, blinded. An update without a person has the lane of nobody. */
export const laneOf = (update: Update, seal: Seal): string =>
  `telegram:${seal.blind('lane', `telegram:${idOf(senderOf(update))}`, 128)}`;

const senderOf = (update: Update): User | undefined => {
  const { message, edited_message, callback_query, my_chat_member } = update ?? {};
  return (message ?? edited_message ?? callback_query ?? my_chat_member)?.from;
};

/** A private chat has the id of its person. An address is never a group: nothing personal can go there by mistake. */
const idOf = (from: User | undefined): string => asId(from?.id);

const asId = (id: unknown): string => (typeof id === 'number' ? String(id) : 'nobody');

function said(from: User | undefined): Pick<Incoming, 'name' | 'languageCode'> {
  const name = [from?.first_name, from?.last_name].filter((part) => part && typeof part === 'string').join(' ');
  const languageCode = typeof from?.language_code === 'string' ? from.language_code : '';
  return { ...(name ? { name } : {}), ...(languageCode ? { languageCode } : {}) };
}

const ignored = { kind: 'ignored' } as const;

function kindOf(update: Update, receiver: Receiver): IncomingKind {
  const { message, edited_message, callback_query, my_chat_member } = update;
  if (callback_query) return tapKind(callback_query);
  if (my_chat_member) return membershipKind(my_chat_member);
  const one = message ?? edited_message;
  if (!one?.from || one.from.is_bot) return ignored;
  if (one.chat.type !== 'private') {
    if (one.via_bot || one.sender_chat) return ignored;
    return {
      kind: 'elsewhere',
      chatId: String(one.chat.id),
      isAddressed: !edited_message && isAddressed(one, receiver),
    };
  }
  return edited_message ? editedKind(edited_message) : messageKind(one, receiver);
}

function tapKind({ id, from, message, data }: CallbackQuery): IncomingKind {
  if (from.is_bot) return ignored;
  if (message && message.chat.type !== 'private')
    return { kind: 'elsewhere', chatId: String(message.chat.id), isAddressed: true, callbackId: id };
  return { kind: 'button', token: data ?? '', callbackId: id, ...(message ? { message: refOf(message) } : {}) };
}

/** In a private chat this comes only when the person blocks the bot or takes the block away. */
function membershipKind({ chat, new_chat_member: { status } }: ChatMemberUpdated): IncomingKind {
  if (chat.type !== 'private') return ignored;
  if (status === 'kicked') return { kind: 'blocked' };
  return status === 'member' ? { kind: 'unblocked' } : ignored;
}

/** A live location moves by edits and is not a word; a new text or caption is. */
function editedKind(message: Message): IncomingKind {
  const text = message.text ?? message.caption;
  return text ? textKind(text, message, true) : ignored;
}

function messageKind(message: Message, receiver: Receiver): IncomingKind {
  if (message.text !== undefined) return commandOrText(message.text, message, receiver);
  const files = filesIn(message);
  if (files.length > 0) return filesKind(files, message);
  return contentKind(message);
}

function commandOrText(text: string, message: Message, { botUsername }: Receiver): IncomingKind {
  const [, command, name, rest = ''] = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  const isOurs = !name || name.toLowerCase() === botUsername.toLowerCase();
  if (!command || !isOurs || message.forward_origin) return textKind(text, message, false);
  if (command.toLowerCase() !== 'start')
    return textKind(name ? [`/${command}`, rest].join(' ').trim() : text, message, false);
  const code = rest.trim().slice(0, 64);
  return { kind: 'start', ...(code ? { code } : {}) };
}

const textKind = (text: string, message: Message, isEdited: boolean): IncomingKind => ({
  kind: 'text',
  text,
  message: refOf(message),
  isEdited,
  isForwarded: message.forward_origin !== undefined,
  ...(text.length > longestText ? { isTooLong: true } : {}),
});

const filesKind = (files: ReturnType<typeof filesIn>, message: Message): IncomingKind => ({
  kind: 'files',
  files,
  caption: message.caption ?? '',
  message: refOf(message),
  ...(message.media_group_id ? { albumId: message.media_group_id } : {}),
});

function contentKind(message: Message): IncomingKind {
  const { contact, sticker, from } = message;
  const place = message.venue?.location ?? message.location;
  if (place) return { kind: 'place', latitude: place.latitude, longitude: place.longitude, message: refOf(message) };
  if (contact)
    return {
      kind: 'contact',
      phone: contact.phone_number,
      isOwn: contact.user_id !== undefined && contact.user_id === from?.id,
      of: [contact.first_name, contact.last_name].filter(Boolean).join(' '),
    };
  if (sticker) return { kind: 'sticker', ...(sticker.emoji ? { emoji: sticker.emoji } : {}) };
  return unread.some((name) => message[name] !== undefined) ? { kind: 'unsupported' } : ignored;
}

/** What a person may send and we cannot read. Everything else without a text is a service message. */
const unread = [
  'poll',
  'dice',
  'game',
  'story',
  'checklist',
  'paid_media',
  'invoice',
  'giveaway',
  'gift',
  'rich_message',
  'live_photo',
] as const satisfies (keyof Message)[];

const refOf = ({ chat, message_id }: { chat: { id: number }; message_id: number }): MessageRef => ({
  chatId: String(chat.id),
  messageId: String(message_id),
});
