import { type Api, InputFile } from 'grammy';
import type { Halves, LoadedFile, Sent } from '#core/delivery/sending.ts';
import type { TelegramMessage, TelegramPart } from './render.ts';
import { splitText } from './render-text.ts';
import { type Attempt, isBadFile, isBadFormat, isTooLong, type Posted } from './send-outcome.ts';

/** One chat, and how it is written to: `uploads` is given more time. `once` makes one call and classifies what came of it. */
export type Chat = { api: Api; uploads: Api; once: Once; address: string };
export type Once = (call: () => Promise<Posted>, isEdit?: boolean) => Promise<Attempt>;

/** How a part goes out: guarded against forwarding, and with or without a sound. */
export type How = { protect_content?: true; disable_notification?: true };

/** One message in the chat, ready to go. */
export type Step = (how: How) => Promise<Sent>;

/** What stands in a person's words as an address is not fetched by Telegram for a preview. */
export const noPreview = { link_preview_options: { is_disabled: true } } as const;

/** A text. Entities that are not taken: plain text, once. Too long after all: it goes in halves, each a row of its own. */
export const textStep =
  (chat: Chat, part: TelegramPart): Step =>
  async (how) => {
    const tried = await post(chat, part, how);
    if (isBadFormat(tried)) return (await post(chat, { ...part, entities: [] }, how)).sent;
    return isTooLong(tried) ? inHalves(part, how, tried.sent) : tried.sent;
  };

function post({ api, once, address }: Chat, { text, entities, markup }: TelegramPart, how: How): Promise<Attempt> {
  const formatted = { ...(entities.length > 0 ? { entities } : {}), ...(markup ? { reply_markup: markup } : {}) };
  return once(() => api.sendMessage(address, text, { ...how, ...noPreview, ...formatted }));
}

/** One that cannot be cut any shorter stays refused. */
function inHalves(part: TelegramPart, how: How, refused: Sent): Sent {
  const halves: TelegramPart[] = splitText(part, Math.floor(part.text.length / 2));
  const [first, ...others] = halves;
  const last = others.at(-1);
  if (!first || !last) return refused;
  if (part.markup) last.markup = part.markup;
  const isProtected = how.protect_content ?? false;
  const drawn = { parts: [first], isProtected, isSilent: how.disable_notification ?? false } satisfies TelegramMessage;
  const rest = others.map((half) => ({
    drawn: { parts: [half], isProtected, isSilent: true } satisfies TelegramMessage,
  }));
  return { is: 'not_sent', why: 'too long', split: { drawn, rest } satisfies Halves };
}

/** A pin on the map with its title and address. */
export const placeStep =
  ({ api, once, address: chatId }: Chat, place: NonNullable<TelegramMessage['place']>): Step =>
  async (how) => {
    const { latitude, longitude, title, address } = place;
    return (await once(() => api.sendVenue(chatId, latitude, longitude, title, address, how))).sent;
  };

/** A file. A picture or voice that Telegram will not take as such goes as a document, once. */
export const fileStep =
  (chat: Chat, file: LoadedFile): Step =>
  async (how) => {
    if (file.kind !== 'voice' && file.kind !== 'photo') return (await postDocument(chat, file, how)).sent;
    const tried = await (file.kind === 'photo' ? postPhoto : postVoice)(chat, file, how);
    return isBadFile(tried) ? (await postDocument(chat, file, how)).sent : tried.sent;
  };

type PostFile = (chat: Chat, file: LoadedFile, how: How) => Promise<Attempt>;

const upload = ({ bytes, name }: LoadedFile) => new InputFile(bytes, name);

const postDocument: PostFile = ({ uploads, once, address }, file, how) =>
  once(() => uploads.sendDocument(address, upload(file), how));

const postPhoto: PostFile = ({ uploads, once, address }, file, how) =>
  once(() => uploads.sendPhoto(address, upload(file), how));

const postVoice: PostFile = ({ uploads, once, address }, file, how) => {
  const length = file.seconds ? { duration: Math.round(file.seconds) } : {};
  return once(() => uploads.sendVoice(address, upload(file), { ...how, ...length }));
};
