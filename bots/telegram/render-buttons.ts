import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { signButton } from '#bots/dialogue/buttons.ts';
import type { Button, Message, SectionItem } from '#core/message.ts';
import type { Phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';

/** What every button of one message is signed with. */
export type MadeFor = { account: string; epoch: number; expiresAt: Date; seal: Seal; tell: (what: Phrase) => string };

const mostKeys = 100;
const mostInRow = 8;

/** The keys under a message: those of the items of a home, numbered as the items are, then the message's own. */
export function inlineKeyboard(
  { sections = [], buttons = [] }: Message,
  made: MadeFor,
): InlineKeyboardMarkup | undefined {
  let number = 0;
  const own = inRows(buttons.map((row) => rowOf(row, made)));
  const ofItems = inRows(
    sections.flatMap(({ items, open }) => [
      ...items.map((item) => rowOf(item.buttons, made, isItemNumbered(item) ? `${++number}. ` : '')),
      ...(open ? [rowOf([open], made)] : []),
    ]),
  );
  const rows = [...firstKeys(ofItems, mostKeys - own.flat().length), ...own];
  return rows.length > 0 ? { inline_keyboard: rows } : undefined;
}

/** An item has a number when it has a key: the number says which key is whose. */
export const isItemNumbered = ({ buttons }: SectionItem): boolean => buttons.some((button) => !isLine(button));

/**
 * The line in place of a key Telegram would refuse. An inline key opens "HTTP or tg:// URL" only, `tel:` is an "Unsupported URL protocol"; and a
 * key that says "call" but copies would fail somebody in danger. So a number is text: phones make it tappable.
 */
export function buttonLine(button: Button, tell: (what: Phrase) => string): string | undefined {
  if (!isLine(button)) return undefined;
  const label = tell(button.label);
  const value = whatStandsIn(button);
  return label.includes(value) ? label : `${label}: ${value}`;
}

const whatStandsIn = (button: Button): string =>
  'call' in button ? button.call : 'copy' in button ? button.copy : 'url' in button ? button.url : '';

const isLine = (button: Button): boolean =>
  'call' in button ||
  ('copy' in button && (button.copy === '' || button.copy.length > 256)) ||
  ('url' in button && !isOpenable(button.url));

/** The web, at a host with a dot, and Telegram's own links: all else makes the whole message refused. */
function isOpenable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'tg:' || (/^https?:$/.test(protocol) && hostname.includes('.'));
}

const rowOf = (row: Button[], made: MadeFor, front = ''): InlineKeyboardButton[] =>
  row.filter((button) => !isLine(button)).map((button) => keyOf(button, made, front));

function keyOf(
  button: Button,
  { account, epoch, expiresAt, seal, tell }: MadeFor,
  front: string,
): InlineKeyboardButton {
  const face = { text: `${front}${tell(button.label)}`, ...(button.style ? { style: button.style } : {}) };
  if ('url' in button) return { ...face, url: button.url };
  if ('copy' in button) return { ...face, copy_text: { text: button.copy } };
  if ('call' in button) throw new Error('a number to call is a line, not a key');
  const { action, subject, version, value } = button;
  const token = {
    action,
    epoch,
    ...(subject ? { subject } : {}),
    ...(version !== undefined ? { version } : {}),
    ...(value !== undefined ? { value } : {}),
  };
  return { ...face, callback_data: signButton(token, `telegram:${account}`, expiresAt, seal) };
}

/** Rows as long as Telegram takes them; an empty one is left out. */
const inRows = (rows: InlineKeyboardButton[][]): InlineKeyboardButton[][] =>
  rows.flatMap((row) =>
    Array.from({ length: Math.ceil(row.length / mostInRow) }, (_, n) => row.slice(n * mostInRow, (n + 1) * mostInRow)),
  );

/** As many rows from the front as have room: of a list that is too long the end goes, never the message's own keys. */
function firstKeys(rows: InlineKeyboardButton[][], most: number): InlineKeyboardButton[][] {
  let count = 0;
  return rows.filter((row) => {
    count += row.length;
    return count <= most;
  });
}
