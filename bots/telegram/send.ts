import type { Delivery, LoadedFile, Send, Sent, Split } from '#core/delivery/sending.ts';
import type { Message } from '#core/message.ts';
import type { Seal } from '#core/seal.ts';
import { apiOn, type TelegramLine } from './line.ts';
import { renderTelegram, type TelegramMessage, type TelegramPart } from './render.ts';
import { attempt, isBadFormat } from './send-outcome.ts';
import { type Chat, fileStep, noPreview, placeStep, textStep } from './send-parts.ts';

export type TelegramSending = TelegramLine & {
  seal: Seal;
  settings: { validDays: number };
};

/** Sends one drawn row and says what came of it (`delivery.md` 4). Retries belong to the outbox, not here. */
export function telegramSend(sending: TelegramSending): Send {
  const api = apiOn(sending, 10);
  const uploads = apiOn(sending, 15);
  const once: Chat['once'] = (call, isEdit = false) => attempt(sending.watch, call, isEdit);
  return async (delivery) => {
    const { method, address } = delivery;
    if (method === 'modal' || method === 'home') return { is: 'refused', why: `no ${method} in Telegram` };
    const chat = { api, uploads, once, address };
    if (method === 'delete') return remove(chat, delivery.target);
    const drawn = drawnOrWhy(delivery, sending);
    if (typeof drawn === 'string') return { is: 'refused', why: drawn };
    return method === 'edit' ? edit(chat, drawn, delivery.target) : sendFirst(chat, drawn, delivery.files);
  };
}

type Drawing = Pick<TelegramSending, 'seal' | 'settings'>;

/** A message in parts: its text, the map, each file. What cannot be drawn is said by `telegramSend`. */
export const telegramSplit =
  (sending: Drawing): Split =>
  (delivery) => {
    const { files = [], qr, calendar, ...words } = delivery.message;
    const whole = drawnOrWhy(delivery, sending);
    if (typeof whole === 'string') return { message: delivery.message, rest: [] };
    const quiet = { lines: [], isSilent: true, isProtected: whole.isProtected };
    const silent = { isProtected: whole.isProtected, isSilent: true };
    const drawn: TelegramMessage[] = [
      ...whole.parts.map((part) => ({ parts: [part], ...silent })),
      ...(whole.place ? [{ parts: [], place: whole.place, ...silent }] : []),
    ];
    const alone: Message[] = [
      ...files.map((file) => ({ ...quiet, files: [file] })),
      ...(qr ? [{ ...quiet, qr }] : []),
      ...(calendar ? [{ ...quiet, calendar }] : []),
    ];
    const { isSilent } = whole;
    const [first, ...others] = drawn;
    const rest = [...others.map((one) => ({ drawn: one })), ...alone.map((message) => ({ message }))];
    if (first) return { message: words, drawn: { ...first, isSilent }, rest };
    const [only = delivery.message, ...later] = alone;
    return { message: { ...only, isSilent }, rest: later.map((message) => ({ message })) };
  };

/** A stored phrase whose key is gone, or a button that cannot be signed, fails the same way each time: refused, by the error's name. */
function drawnOrWhy(
  delivery: Delivery & { message: Message; drawn?: unknown },
  { seal, settings }: Drawing,
): TelegramMessage | string {
  if (delivery.drawn !== undefined) return delivery.drawn as TelegramMessage;
  try {
    return renderTelegram(delivery.message, delivery, seal, settings.validDays);
  } catch (error) {
    return `cannot be drawn: ${error instanceof Error ? error.constructor.name : typeof error}`;
  }
}

/** One message: the text, else the map, else the file. Further parts are rows of their own. */
async function sendFirst(chat: Chat, drawn: TelegramMessage, files: LoadedFile[]): Promise<Sent> {
  const [step] = [
    ...drawn.parts.map((part) => textStep(chat, part)),
    ...(drawn.place ? [placeStep(chat, drawn.place)] : []),
    ...files.map((file) => fileStep(chat, file)),
  ];
  if (!step) return { is: 'refused', why: 'nothing to say' };
  return step({
    ...(drawn.isProtected ? { protect_content: true } : {}),
    ...(drawn.isSilent ? { disable_notification: true } : {}),
  });
}

/** Takes a message away. One that is not there any more is what was wanted; one older than two days stays. */
async function remove({ api, once }: Chat, { chatId, messageId }: Target): Promise<Sent> {
  const { sent, refusal } = await once(() => api.deleteMessage(chatId, Number(messageId)), true);
  return refusal && /message to delete not found/i.test(refusal.description) ? { is: 'sent' } : sent;
}

/** Changes a message that was sent: its text becomes the first part, with the keys of all. Repeating it does no harm. */
async function edit({ api, once }: Chat, { parts }: TelegramMessage, target: Target): Promise<Sent> {
  const [part] = parts;
  if (!part) return { is: 'refused', why: 'nothing to say' };
  const { chatId, messageId } = target;
  const keys = keysOf(parts);
  const change = (entities: TelegramPart['entities']) =>
    once(() => api.editMessageText(chatId, Number(messageId), part.text, { ...noPreview, ...keys, entities }), true);
  const tried = await change(part.entities);
  const { sent } = isBadFormat(tried) ? await change([]) : tried;
  return sent.is === 'sent' ? { is: 'sent', messageId, chatId } : sent;
}

type Target = { chatId: string; messageId: string };

/** An edit knows inline keys only; the fixed keyboard stays as it is. */
function keysOf(parts: TelegramPart[]) {
  for (const { markup } of parts) if (markup && 'inline_keyboard' in markup) return { reply_markup: markup };
  return {};
}
