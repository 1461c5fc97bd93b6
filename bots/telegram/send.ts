import { type Api, InputFile } from 'grammy';
import type { Delivery, LoadedFile, Send, Sent, WatchedFetch } from '#core/delivery/sending.ts';
import type { Seal } from '#core/seal.ts';
import { apiOn } from './line.ts';
import { renderTelegram, type TelegramMessage, type TelegramPart } from './render.ts';
import { attempt, isBadFile, isBadFormat, isTooLong, type Attempt } from './send-outcome.ts';
import { splitText } from './render-text.ts';

export type TelegramSending = {
  token: string;
  apiRoot: string;
  watch: WatchedFetch;
  seal: Seal;
  settings: { validDays: number };
  /** The first part of a message arrived and a later one (a long text's end, a file, a map) did not. */
  onPartLost?: (rowId: string, why: string) => void;
};

/** Sends one drawn row and says what came of it (`delivery.md` 4). One attempt, no retries of its own: those belong to the outbox. */
export function telegramSend(sending: TelegramSending): Send {
  const api = apiOn(sending, 10);
  const uploads = apiOn(sending, 15);
  const once = (call: () => Promise<{ message_id: number } | true>, isEdit = false) => attempt(sending.watch, call, isEdit);
  return async (delivery) => {
    if (delivery.method === 'modal' || delivery.method === 'home') return { is: 'refused', why: `no ${delivery.method} in Telegram` };
    const drawn = renderTelegram(delivery.message, delivery, sending.seal, sending.settings.validDays);
    if (delivery.method === 'edit') return edit(api, once, drawn, delivery.target);
    return sendParts(stepsOf({ api, uploads, once }, drawn, delivery), delivery, sending);
  };
}

type Once = (call: () => Promise<{ message_id: number } | true>, isEdit?: boolean) => Promise<Attempt>;
type Step = (isFirst: boolean) => Promise<Sent>;
type Loud = { protect_content?: true; disable_notification?: true };

/** The text, its further parts, the map, the files: each a message of its own. Only the first makes a sound. */
function stepsOf({ api, uploads, once }: { api: Api; uploads: Api; once: Once }, drawn: TelegramMessage, delivery: Delivery & { method: 'send' }): Step[] {
  const { address, files } = delivery;
  const how = (isFirst: boolean): Loud => ({
    ...(drawn.isProtected ? { protect_content: true } : {}),
    ...(drawn.isSilent || !isFirst ? { disable_notification: true } : {}),
  });
  const { place } = drawn;
  return [
    ...drawn.parts.map((part): Step => (isFirst) => sendText(api, once, address, part, how(isFirst))),
    ...(place ? [((isFirst) => once(() => api.sendVenue(address, place.latitude, place.longitude, place.title, place.address, how(isFirst))).then(sentOf)) satisfies Step] : []),
    ...files.map((file): Step => (isFirst) => sendFile(uploads, once, address, file, how(isFirst))),
  ];
}

/** The first part decides what came of the row; a later one that is refused is only told, for a repeated row would double the first. */
async function sendParts([first, ...later]: Step[], { rowId }: Delivery, { onPartLost }: TelegramSending): Promise<Sent> {
  if (!first) return { is: 'refused', why: 'nothing to say' };
  const sent = await first(true);
  if (sent.is !== 'sent') return sent;
  const until = performance.now() + longestMs;
  for (const step of later) {
    const next: Sent = performance.now() < until ? await patiently(() => step(false)) : { is: 'not_sent', why: 'no time left' };
    if (next.is === 'sent') continue;
    onPartLost?.(rowId, next.why);
    break;
  }
  return sent;
}

/** A part that begins by then ends within the row's lease of 30 s. */
const longestMs = 10_000;
const longestPauseSeconds = 3;

/** A later part of which no byte went out may try once more. */
async function patiently(step: () => Promise<Sent>): Promise<Sent> {
  const sent = await step();
  if (sent.is !== 'not_sent' || (sent.retryAfterSeconds ?? 1) > longestPauseSeconds) return sent;
  await new Promise((resolve) => setTimeout(resolve, (sent.retryAfterSeconds ?? 1) * 1000));
  return step();
}

/** Entities that are not taken: plain text, once. Too long after all: split again, once; the first half counts. */
async function sendText(api: Api, once: Once, address: string, part: TelegramPart, how: Loud): Promise<Sent> {
  const say = ({ text, entities, markup }: TelegramPart) =>
    once(() => api.sendMessage(address, text, { ...how, ...quiet, ...(entities.length > 0 ? { entities } : {}), ...(markup ? { reply_markup: markup } : {}) }));
  const tried = await say(part);
  if (isBadFormat(tried)) return sentOf(await say({ ...part, entities: [] }));
  if (!isTooLong(tried)) return sentOf(tried);
  const halves: TelegramPart[] = splitText(part, 2000);
  if (part.markup) Object.assign(halves.at(-1) ?? {}, { markup: part.markup });
  const [first, ...others] = halves;
  if (!first) return sentOf(tried);
  const sent = sentOf(await say(first));
  for (const half of sent.is === 'sent' ? others : []) await say(half);
  return sent;
}

/** What stands in a person's words as an address is not fetched by Telegram for a preview. */
const quiet = { link_preview_options: { is_disabled: true } } as const;

/** A picture or voice that Telegram will not take as such goes as a document, once. */
async function sendFile(api: Api, once: Once, address: string, file: LoadedFile, how: Loud): Promise<Sent> {
  const upload = () => new InputFile(file.bytes, file.name);
  const asDocument = () => once(() => api.sendDocument(address, upload(), how));
  if (file.kind !== 'voice' && file.kind !== 'photo') return sentOf(await asDocument());
  const tried = await once(() =>
    file.kind === 'photo' ? api.sendPhoto(address, upload(), how) : api.sendVoice(address, upload(), { ...how, ...(file.seconds ? { duration: Math.round(file.seconds) } : {}) }),
  );
  return sentOf(isBadFile(tried) ? await asDocument() : tried);
}

/** Changes a message that was sent. Repeating it does no harm, so an edit without an answer was simply not sent. */
async function edit(api: Api, once: Once, drawn: TelegramMessage, { chatId, messageId }: { chatId: string; messageId: string }): Promise<Sent> {
  const [part] = drawn.parts;
  if (!part) return { is: 'refused', why: 'nothing to say' };
  const markup = drawn.parts.map((one) => one.markup).find((one) => one && 'inline_keyboard' in one);
  const change = (entities: TelegramPart['entities']) =>
    once(
      () => api.editMessageText(chatId, Number(messageId), part.text, { ...quiet, entities, ...(markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {}) }),
      true,
    );
  const tried = await change(part.entities);
  const { sent } = isBadFormat(tried) ? await change([]) : tried;
  return sent.is === 'sent' ? { is: 'sent', messageId, chatId } : sent;
}

const sentOf = ({ sent }: Attempt): Sent => sent;
