import type { MessageEntity } from '@grammyjs/types';
import { parseHtml } from './html.ts';
import type { Call } from './parameters.ts';
import { fieldOf, isObject, jsonOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';

export type Formatted = { text: string; entities: MessageEntity[] };

/** "Text of the message to be sent, 1-4096 characters after entities parsing": https://core.telegram.org/bots/api#sendmessage */
export const maxText = 4096;
/** "0-1024 characters after entities parsing": https://core.telegram.org/bots/api#sendphoto */
const maxCaption = 1024;
/** Spaces of every kind, joiners and direction marks. */
const showsNothing = /^[\s\u00ad\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff]*$/;

export function messageText(call: Call, whenTooLong = 'message is too long'): Formatted {
  const source = textOf(call, 'text');
  if (source === '') throw badRequest('message text is empty');
  if (Buffer.byteLength(source) > 32 * 1024) throw badRequest('text is too long');
  const formatted = format(source, textOf(call, 'parse_mode'), jsonOf(call, 'entities', 'entities'));
  if (showsNothing.test(formatted.text)) throw badRequest('text must be non-empty');
  /** The server itself counts an emoji once here; we count UTF-16 units, as entities do, which is never more. */
  if (formatted.text.length > maxText) throw badRequest(whenTooLong);
  return formatted;
}

export function captionOf(call: Call, whenTooLong?: string): { caption?: string; caption_entities?: MessageEntity[] } {
  return asCaption(
    format(textOf(call, 'caption'), textOf(call, 'parse_mode'), jsonOf(call, 'caption_entities', 'entities')),
    whenTooLong,
  );
}

export function asCaption(
  { text, entities }: Formatted,
  whenTooLong = 'message caption is too long',
): { caption?: string; caption_entities?: MessageEntity[] } {
  if (text.length > maxCaption) throw badRequest(whenTooLong);
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 && { caption_entities: entities }) };
}

/** https://core.telegram.org/bots/api#formatting-options: a mode wins over a list of entities. */
export function format(source: string, mode: string, list: unknown): Formatted {
  const parsed =
    mode === '' || source === '' ? { text: source, entities: givenEntities(source, list) } : parse(source, mode);
  const trimmed = trim(parsed);
  const entities = [...trimmed.entities, ...foundEntities(trimmed.text, trimmed.entities)];
  return { text: trimmed.text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function parse(source: string, mode: string): Formatted {
  if (mode.toLowerCase() === 'html') return parseHtml(source);
  if (['markdown', 'markdownv2'].includes(mode.toLowerCase())) {
    throw badRequest(`the stand-in does not read parse_mode ${mode}: send entities or HTML`);
  }
  throw badRequest('unsupported parse_mode');
}

/** The server takes away spaces and empty lines around a text. */
function trim({ text, entities }: Formatted): Formatted {
  const shift = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const moved = entities.map((entity) => {
    const start = Math.max(0, entity.offset - shift);
    const end = Math.min(trimmed.length, entity.offset + entity.length - shift);
    return { ...entity, offset: start, length: end - start };
  });
  return { text: trimmed, entities: moved.filter((entity) => entity.length > 0) };
}

const plainTypes = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
]);
const ignoredTypes = new Set(['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number']);

/** https://core.telegram.org/bots/api#messageentity: offset and length "in UTF-16 code units". */
function givenEntities(text: string, list: unknown): MessageEntity[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const entity = givenEntity(item);
    if (entity === null) return [];
    checkPlace(text, entity);
    return [entity];
  });
}

function givenEntity(item: unknown): MessageEntity | null {
  if (!isObject(item)) throw badRequest("can't parse MessageEntity: expected an Object");
  const { offset, length } = item;
  if (typeof offset !== 'number' || typeof length !== 'number') {
    throw badRequest('can\'t parse MessageEntity: Field "offset" must be of type Number');
  }
  const type = fieldOf(item, 'type');
  if (type === '') throw badRequest("can't parse MessageEntity: Type is not specified");
  if (ignoredTypes.has(type)) return null;
  if (plainTypes.has(type)) return { type, offset, length } as MessageEntity;
  if (type === 'pre')
    return { type, offset, length, ...(item.language !== undefined && { language: fieldOf(item, 'language') }) };
  if (type === 'text_link') return { type, offset, length, url: fieldOf(item, 'url') };
  throw badRequest("can't parse MessageEntity: Unsupported type specified");
}

function checkPlace(text: string, { offset, length }: MessageEntity): void {
  const end = offset + length;
  if (offset < 0 || length < 0) throw badRequest('receive an entity with incorrect offset');
  if (end > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${text.length}`,
    );
  }
  if (!text.slice(0, offset).isWellFormed())
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at offset ${offset}`);
  if (!text.slice(0, end).isWellFormed())
    throw badRequest(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`);
}

const patterns: [Extract<MessageEntity['type'], 'bot_command' | 'mention' | 'hashtag' | 'url' | 'email'>, RegExp][] = [
  ['url', /(?<![\w@])https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['bot_command', /(?<![\w/<>])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w.@])@\w{4,32}(?!\w)/g],
  ['hashtag', /(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu],
];

/** What Telegram finds by itself: commands, mentions, hashtags, addresses. */
export function foundEntities(text: string, taken: MessageEntity[] = []): MessageEntity[] {
  const found: MessageEntity[] = [];
  const isFree = (offset: number, length: number) =>
    ![...taken.filter((entity) => !plainTypes.has(entity.type) || entity.type === 'code'), ...found].some(
      (entity) => offset < entity.offset + entity.length && entity.offset < offset + length,
    );
  for (const [type, pattern] of patterns) {
    for (const hit of text.matchAll(pattern)) {
      if (isFree(hit.index, hit[0].length)) found.push({ type, offset: hit.index, length: hit[0].length });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}
