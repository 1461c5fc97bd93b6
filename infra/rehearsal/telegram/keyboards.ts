import type {
  ForceReply,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from '@grammyjs/types';
import type { Call } from './parameters.ts';
import { fieldOf, isObject, jsonOf } from './parameters.ts';
import { badRequest } from './refusal.ts';

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

/** The checked reply_markup of a send; undefined when there is none. */
export function markupOf(call: Call): Markup | undefined {
  const value = jsonOf(call, 'reply_markup', 'reply keyboard markup');
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) return { inline_keyboard: inlineRows(value.inline_keyboard) };
  if ('keyboard' in value) return replyKeyboard(value);
  if (value.remove_keyboard === true) return { remove_keyboard: true };
  if (value.force_reply === true) return forceReply(value);
  if (Object.keys(value).length === 0) return undefined;
  throw badRequest('object expected as reply markup');
}

/** Edits know inline keyboards only: https://core.telegram.org/bots/api#updating-messages */
export function inlineMarkupOf(call: Call): InlineKeyboardMarkup | undefined {
  const markup = markupOf(call);
  if (markup === undefined) return undefined;
  if (!('inline_keyboard' in markup)) throw badRequest('inline keyboard expected');
  return markup.inline_keyboard.length === 0 ? undefined : markup;
}

/** The server drops an empty row silently; we refuse it, since nobody sends one on purpose. */
function rowsOf(value: unknown, field: string, markup: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`field "${field}" of the ${markup} must be an Array`);
  for (const row of value as unknown[]) {
    if (!Array.isArray(row)) throw badRequest(`field "${field}" of the ${markup} must be an Array of Arrays`);
    if (row.length === 0) throw badRequest(`field "${field}" of the ${markup} has an empty row (rule of the stand-in)`);
  }
  return value as unknown[][];
}

/** https://core.telegram.org/bots/api#inlinekeyboardmarkup */
function inlineRows(value: unknown): InlineKeyboardButton[][] {
  const rows = rowsOf(value, 'inline_keyboard', 'InlineKeyboardMarkup').map((row) => row.map(inlineButton));
  /** More than 100 keys: REPLY_MARKUP_TOO_LONG is the server's word for it, its exact limit is unpublished. */
  if (rows.flat().length > 100 || rows.some((row) => row.length > 8)) throw badRequest('reply markup is too long');
  return rows;
}

const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];

/** "Exactly one of the fields other than text ... must be used": https://core.telegram.org/bots/api#inlinekeyboardbutton */
function inlineButton(button: unknown): InlineKeyboardButton {
  const cannot = (why: string) => badRequest(`can't parse InlineKeyboardButton: ${why}`);
  if (!isObject(button)) throw cannot('InlineKeyboardButton must be an Object');
  if (typeof button.text !== 'string') throw cannot('Can\'t find field "text"');
  if (button.text === '') throw badRequest('inline keyboard button text must be non-empty');
  const used = actions.filter((name) => button[name] !== undefined && button[name] !== null && button[name] !== '');
  if (used.length === 0) throw cannot('Text buttons are not allowed in the inline keyboard');
  if (used.length > 1) throw cannot(`exactly one of ${used.join(', ')} may be used (rule of the stand-in)`);
  return inlineAction(fieldOf(button, 'text'), used[0] ?? '', button);
}

function inlineAction(text: string, action: string, button: Record<string, unknown>): InlineKeyboardButton {
  if (action === 'callback_data') return { text, callback_data: checkedData(fieldOf(button, 'callback_data')) };
  if (action === 'url') return { text, url: checkedUrl(fieldOf(button, 'url')) };
  if (action === 'copy_text') return { text, copy_text: { text: checkedCopy(button.copy_text) } };
  throw badRequest(`the stand-in has no inline key of kind ${action}`);
}

/** "1-64 bytes": https://core.telegram.org/bots/api#inlinekeyboardbutton */
function checkedData(text: string): string {
  if (Buffer.byteLength(text) > 64) throw badRequest('BUTTON_DATA_INVALID');
  return text;
}

/** "1-256 characters": https://core.telegram.org/bots/api#copytextbutton (the server's wording is not confirmed). */
function checkedCopy(value: unknown): string {
  const text = isObject(value) ? fieldOf(value, 'text') : '';
  if (text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID');
  return text;
}

/** "HTTP or tg:// URL": https://core.telegram.org/bots/api#inlinekeyboardbutton. A host needs a dot; tel: is not taken. */
export function checkedUrl(text: string): string {
  const fail = (why: string) => badRequest(`inline keyboard button URL '${text}' is invalid: ${why}`);
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) throw fail('Wrong HTTP URL');
  const url = new URL(withScheme);
  if (['tg:', 'ton:'].includes(url.protocol)) return text;
  if (!['http:', 'https:'].includes(url.protocol)) throw fail('Unsupported URL protocol');
  if (!url.hostname.includes('.')) throw fail('Wrong HTTP URL');
  return text;
}

/** https://core.telegram.org/bots/api#replykeyboardmarkup */
function replyKeyboard(value: Record<string, unknown>): ReplyKeyboardMarkup {
  for (const name of ['resize_keyboard', 'one_time_keyboard', 'is_persistent', 'selective']) {
    if (value[name] !== undefined && typeof value[name] !== 'boolean') {
      throw badRequest(`field "${name}" of the ReplyKeyboardMarkup must be of the type Boolean`);
    }
  }
  const keyboard = rowsOf(value.keyboard, 'keyboard', 'ReplyKeyboardMarkup').map((row) => row.map(replyButton));
  if (keyboard.length === 0)
    throw badRequest('field "keyboard" of the ReplyKeyboardMarkup is empty (rule of the stand-in)');
  if (keyboard.length > 100 || keyboard.some((row) => row.length > 12)) throw badRequest('reply markup is too long');
  return {
    keyboard,
    ...placeholderOf(value),
    ...(value.one_time_keyboard === true && { one_time_keyboard: true }),
    ...(value.is_persistent === true && { is_persistent: true }),
    ...(value.resize_keyboard === true && { resize_keyboard: true }),
  };
}

/** https://core.telegram.org/bots/api#keyboardbutton */
function replyButton(button: unknown): KeyboardButton {
  const cannot = (why: string) => badRequest(`can't parse KeyboardButton: ${why}`);
  const object = typeof button === 'string' ? { text: button } : button;
  if (!isObject(object)) throw cannot('KeyboardButton must be a String or an Object');
  if (typeof object.text !== 'string') throw cannot('Can\'t find field "text"');
  if (object.text === '') throw badRequest('keyboard button text must be non-empty');
  const text = fieldOf(object, 'text');
  if (object.request_contact === true) return { text, request_contact: true };
  if (object.request_location === true) return { text, request_location: true };
  const other = Object.keys(object).find((name) => name.startsWith('request_') && typeof object[name] === 'object');
  if (other !== undefined || object.web_app !== undefined)
    throw badRequest(`the stand-in has no key of kind ${other ?? 'web_app'}`);
  return { text };
}

const forceReply = (value: Record<string, unknown>): ForceReply => ({ force_reply: true, ...placeholderOf(value) });

/** "1-64 characters": https://core.telegram.org/bots/api#replykeyboardmarkup (the server's wording is not confirmed). */
function placeholderOf(value: Record<string, unknown>): { input_field_placeholder?: string } {
  const text = fieldOf(value, 'input_field_placeholder');
  if (text.length > 64) throw badRequest('BUTTON_PLACEHOLDER_INVALID');
  return text === '' ? {} : { input_field_placeholder: text };
}
