import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from './refusal.ts';

/** https://core.telegram.org/bots/api#html-style, without custom emoji and times, which this office does not use. */
const simpleTags: Record<
  string,
  Exclude<MessageEntity['type'], 'text_link' | 'pre' | 'text_mention' | 'custom_emoji' | 'date_time'>
> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  'tg-spoiler': 'spoiler',
  blockquote: 'blockquote',
};
const tags = new Set([...Object.keys(simpleTags), 'a', 'pre', 'span']);

/** "All numerical HTML entities are supported", of the named ones only these four. */
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

type Open = { tag: string; attributes: Map<string, string>; offset: number };

/** Text and entities of an HTML text; refuses with the server's "can't parse entities: ...". */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = '';
  for (let i = 0; i < source.length; ) {
    if (source[i] === '<') {
      const found = readTag(source, i);
      i = found.end;
      if (found.isEnd) closeTag(source, found, open, text.length, entities);
      else open.push({ tag: found.name, attributes: found.attributes, offset: text.length });
      continue;
    }
    const piece = source[i] === '&' ? readSign(source, i) : { sign: source.charAt(i), end: i + 1 };
    text += piece.sign;
    i = piece.end;
  }
  const left = open.at(-1);
  if (left !== undefined) throw wrong(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

const wrong = (text: string) => badRequest(`can't parse entities: ${text}`);
/** The server counts in bytes. */
const at = (source: string, index: number) => `at byte offset ${Buffer.byteLength(source.slice(0, index))}`;

type Tag = { start: number; end: number; name: string; isEnd: boolean; attributes: Map<string, string> };

function readTag(source: string, start: number): Tag {
  const isEnd = source[start + 1] === '/';
  const name = /^[^\s>]*/.exec(source.slice(start + (isEnd ? 2 : 1)))?.[0] ?? '';
  const after = start + (isEnd ? 2 : 1) + name.length;
  const end = source.indexOf('>', after);
  if (isEnd && (end === -1 || source.slice(after, end).trim() !== ''))
    throw wrong(`Unclosed end tag ${at(source, start)}`);
  if (isEnd) return { start, end: end + 1, name: name.toLowerCase(), isEnd, attributes: new Map() };
  if (after >= source.length) throw wrong(`Unclosed start tag ${at(source, start)}`);
  const tag = name.toLowerCase();
  if (!tags.has(tag)) throw wrong(`Unsupported start tag "${tag}" ${at(source, start)}`);
  const attributes = readAttributes(source, start, after, tag);
  if (tag === 'span' && attributes.found.get('class') !== 'tg-spoiler') {
    throw wrong(`Tag "span" must have class "tg-spoiler" ${at(source, start)}`);
  }
  return { start, end: attributes.end, name: tag, isEnd, attributes: attributes.found };
}

function readAttributes(
  source: string,
  start: number,
  from: number,
  tag: string,
): { found: Map<string, string>; end: number } {
  const found = new Map<string, string>();
  const next = /\s*(?:(>)|([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?)/y;
  next.lastIndex = from;
  for (let part = next.exec(source); part !== null; part = next.exec(source)) {
    if (part[1] !== undefined) return { found, end: next.lastIndex };
    found.set((part[2] ?? '').toLowerCase(), unescaped(part[3] ?? part[4] ?? part[5] ?? ''));
  }
  throw wrong(`Unclosed start tag "${tag}" ${at(source, start)}`);
}

const unescaped = (text: string) => text.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => named[name] ?? '');

function closeTag(source: string, tag: Tag, open: Open[], end: number, entities: MessageEntity[]): void {
  const last = open.pop();
  if (last === undefined) throw wrong(`Unexpected end tag ${at(source, tag.start)}`);
  if (tag.name !== '' && tag.name !== last.tag) {
    throw wrong(`Unmatched end tag ${at(source, tag.start)}, expected "</${last.tag}>", found "</${tag.name}>"`);
  }
  const entity = entityOf(last, end - last.offset);
  if (entity !== null) entities.push(entity);
}

function entityOf({ tag, attributes, offset }: Open, length: number): MessageEntity | null {
  if (length === 0) return null;
  if (tag === 'a') {
    const url = attributes.get('href');
    return url === undefined ? null : { type: 'text_link', offset, length, url };
  }
  if (tag === 'pre') return { type: 'pre', offset, length };
  if (tag === 'span') return { type: 'spoiler', offset, length };
  if (tag === 'blockquote' && attributes.has('expandable')) return { type: 'expandable_blockquote', offset, length };
  const type = simpleTags[tag];
  return type === undefined ? null : { type, offset, length };
}

function readSign(source: string, start: number): { sign: string; end: number } {
  const found = /^&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot));?/i.exec(source.slice(start, start + 12));
  if (found === null) return { sign: '&', end: start + 1 };
  const end = start + found[0].length;
  if (found[3] !== undefined) return { sign: named[found[3].toLowerCase()] ?? '&', end };
  const code = found[1] !== undefined ? Number.parseInt(found[1], 16) : Number(found[2]);
  const isSign = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isSign ? { sign: String.fromCodePoint(code), end } : { sign: '&', end: start + 1 };
}
