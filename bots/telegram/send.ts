import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Send, Sent } from '#core/delivery/sending.ts';
import type { Message } from '#core/message.ts';
import type { Seal } from '#core/seal.ts';
import { apiOn, type TelegramLine } from './line.ts';
import { renderTelegram, type TelegramMessage, type TelegramPart } from './render.ts';
import { attempt, isBadFormat } from './send-outcome.ts';
import { type Chat, fileStep, noPreview, placeStep, textStep } from './send-parts.ts';

export type TelegramSending = TelegramLine & {
  seal: Seal;
  settings: { validDays: number };
  /** The first part of a message arrived and a later one (a long text's end, a file, a map) did not. */
  onPartLost?: (rowId: string, why: string) => void;
};

/** Sends one drawn row and says what came of it (`delivery.md` 4). Retries belong to the outbox, not here. */
export function telegramSend(sending: TelegramSending): Send {
  const api = apiOn(sending, 10);
  const uploads = apiOn(sending, 15);
  const once: Chat['once'] = (call, isEdit = false) => attempt(sending.watch, call, isEdit);
  return async (delivery) => {
    const { method, address } = delivery;
    if (method === 'modal' || method === 'home') return { is: 'refused', why: `no ${method} in Telegram` };
    const drawn = drawnOrWhy(delivery, sending);
    if (typeof drawn === 'string') return { is: 'refused', why: drawn };
    const chat = { api, uploads, once, address };
    return method === 'edit' ? edit(chat, drawn, delivery.target) : sendAll(chat, drawn, delivery, sending);
  };
}

/** A stored phrase whose key is gone, or a button that cannot be signed, fails the same way each time: refused, by the error's name. */
function drawnOrWhy(
  delivery: Delivery & { message: Message },
  { seal, settings }: TelegramSending,
): TelegramMessage | string {
  try {
    return renderTelegram(delivery.message, delivery, seal, settings.validDays);
  } catch (error) {
    return `cannot be drawn: ${error instanceof Error ? error.constructor.name : typeof error}`;
  }
}

/** The text, its further parts, the map, the files: each a message of its own. The first decides what came of the row; only it makes a sound. */
async function sendAll(
  chat: Chat,
  drawn: TelegramMessage,
  { rowId, files }: Delivery & { method: 'send' },
  { onPartLost }: TelegramSending,
): Promise<Sent> {
  const [first, ...later] = [
    ...drawn.parts.map((part) => textStep(chat, part)),
    ...(drawn.place ? [placeStep(chat, drawn.place)] : []),
    ...files.map((file) => fileStep(chat, file)),
  ];
  if (!first) return { is: 'refused', why: 'nothing to say' };
  const guarded = drawn.isProtected ? ({ protect_content: true } as const) : {};
  const silent = { ...guarded, disable_notification: true } as const;
  const sent = await first(drawn.isSilent ? silent : guarded);
  if (sent.is !== 'sent') return sent;
  await sendLater(
    later.map((step) => () => step(silent)),
    (why) => onPartLost?.(rowId, why),
  );
  return sent;
}

/** A part that begins by then ends within the row's lease of 30 s. */
const longestMs = 10_000;
const longestPauseSeconds = 3;

/** What is refused is told and the next goes on; a repeated row would double the first part. */
async function sendLater(steps: (() => Promise<Sent>)[], onLost: (why: string) => void): Promise<void> {
  const until = performance.now() + longestMs;
  for (const step of steps) {
    const sent: Sent = performance.now() < until ? await patiently(step) : { is: 'not_sent', why: 'no time left' };
    if (sent.is !== 'sent') onLost(sent.why);
  }
}

/** A part of which no byte went out may try once more. */
async function patiently(step: () => Promise<Sent>): Promise<Sent> {
  const sent = await step();
  if (sent.is !== 'not_sent') return sent;
  const { retryAfterSeconds = 1 } = sent;
  if (retryAfterSeconds > longestPauseSeconds) return sent;
  await sleep(retryAfterSeconds * 1000);
  return step();
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
