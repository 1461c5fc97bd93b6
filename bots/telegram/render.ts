import type { InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup } from '@grammyjs/types';
import { say } from '#bots/dialogue/say.ts';
import type { Message } from '#core/message.ts';
import { type Language, phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { inlineKeyboard, type MadeFor } from './render-buttons.ts';
import { linesOf } from './render-lines.ts';
import { splitText, textOf } from './render-text.ts';

/** For whom a message is drawn. Buttons are bound to `telegram:<account>` and to the epoch. */
export type RenderedFor = { language: Language; account: string; epoch: number; now: Date; isMarked: boolean };

/** One message in the chat: a text, what is bold in it, and keys. */
export type TelegramPart = {
  text: string;
  entities: MessageEntity[];
  markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
};

/**
 * A message as Telegram takes it. The first part suffices alone; the last of a text that was too long has its buttons. A fixed keyboard beside
 * buttons stands under a part of its own, since a message has only one of the two (and one with a keyboard cannot be edited).
 */
export type TelegramMessage = {
  parts: TelegramPart[];
  place?: { latitude: number; longitude: number; title: string; address: string };
  isProtected: boolean;
  isSilent: boolean;
};

/** Draws a message for one person. Pure: a text and entities, no markup language, so that people's words are never format. */
export function renderTelegram(message: Message, to: RenderedFor, seal: Seal, validDays: number): TelegramMessage {
  const tell = (what: Parameters<typeof say>[0]) => say(what, to.language, to.now);
  const made: MadeFor = { ...to, seal, expiresAt: new Date(to.now.getTime() + validDays * 86_400_000), tell };
  const parts: TelegramPart[] = splitText(textOf(linesOf(message, to.isMarked, tell)));
  const buttons = inlineKeyboard(message, made);
  if (buttons) addButtons(parts, buttons);
  if (message.keyboard?.length)
    addKeyboard(parts, keyboardOf(message.keyboard, tell), tell(phrase('start:command.menu')));
  return {
    parts,
    ...(message.place
      ? { place: { ...message.place, title: tell(message.place.title), address: tell(message.place.address) } }
      : {}),
    isProtected: message.isProtected ?? false,
    isSilent: message.isSilent ?? false,
  };
}

/** Keys need a text to stand under; beside files alone it is three dots. */
function addButtons(parts: TelegramPart[], markup: InlineKeyboardMarkup): void {
  const last = parts.at(-1);
  if (last) last.markup = markup;
  else parts.push({ text: '…', entities: [], markup });
}

function addKeyboard(parts: TelegramPart[], markup: ReplyKeyboardMarkup, carrier: string): void {
  const last = parts.at(-1);
  if (last && !last.markup) last.markup = markup;
  else parts.push({ text: carrier, entities: [], markup });
}

const keyboardOf = (rows: NonNullable<Message['keyboard']>, tell: MadeFor['tell']): ReplyKeyboardMarkup => ({
  keyboard: rows.filter((row) => row.length > 0).map((row) => row.map((word) => ({ text: tell(word) }))),
  is_persistent: true,
  resize_keyboard: true,
  input_field_placeholder: tell(phrase('start:placeholder')).slice(0, 64),
});
