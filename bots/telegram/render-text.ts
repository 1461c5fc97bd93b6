import type { MessageEntity } from '@grammyjs/types';

/** A line of text, as a whole bold or not. */
export type Line = { text: string; isBold?: boolean };

/** A text and what is bold in it; offsets and lengths in UTF-16 units, as the Bot API counts. */
export type Formatted = { text: string; entities: MessageEntity[] };

const longest = 4096;

/** Paragraphs as one text with entities; empty ones leave no gap. */
export function textOf(paragraphs: Line[][]): Formatted {
  let text = '';
  const entities: MessageEntity[] = [];
  for (const lines of paragraphs.map(withoutEmptyEnds).filter((some) => some.length > 0)) {
    if (text) text += '\n';
    for (const line of lines) {
      const words = line.text.toWellFormed().trimEnd();
      if (text) text += '\n';
      if (line.isBold && words) entities.push({ type: 'bold', offset: text.length, length: words.length });
      text += words;
    }
  }
  return { text, entities };
}

/** Telegram cuts empty lines at both ends; doing it here keeps the offsets right. */
function withoutEmptyEnds(lines: Line[]): Line[] {
  const isFull = ({ text }: Line) => text.trim() !== '';
  return lines.slice(
    lines.findIndex(isFull) === -1 ? lines.length : lines.findIndex(isFull),
    lines.findLastIndex(isFull) + 1,
  );
}

/**
 * Cuts a text into parts of at most `most` UTF-16 units: between paragraphs, else between lines, else between words, at worst between letters
 * as people see them (an emoji stays whole). An entity is cut only when it alone is longer than a part. No text gives no part.
 */
export function splitText(whole: Formatted, most = longest): Formatted[] {
  const parts: Formatted[] = [];
  let from = 0;
  while (from < whole.text.length) {
    const to = outsideEntity(whole, from, cutAfter(whole.text, from, most));
    const part = sliceOf(whole, from, to);
    if (part.text) parts.push(part);
    from = to;
  }
  return parts;
}

/** A cut inside an entity moves in front of it, unless the part begins there. */
function outsideEntity({ text, entities }: Formatted, from: number, to: number): number {
  const cut = entities.find(({ offset, length }) => offset < to && to < offset + length);
  if (!cut || cut.offset <= from) return to;
  const before = letters.segment(text.slice(from, to)).containing(cut.offset - from)?.index ?? 0;
  return before > 0 ? from + before : to;
}

function cutAfter(text: string, from: number, most: number): number {
  if (text.length - from <= most) return text.length;
  const window = text.slice(from, from + most + 64);
  for (const gap of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(gap, most);
    const cut = at + gap.length;
    if (at > most / 4 && isBetweenLetters(window, cut)) return from + cut;
  }
  return from + wholeLetters(window, most);
}

const letters = new Intl.Segmenter('uk', { granularity: 'grapheme' });

/** A space may carry an accent: then it is a letter, and not the end of one. */
const isBetweenLetters = (text: string, at: number): boolean =>
  at >= text.length || letters.segment(text).containing(at)?.index === at;

/** The longest run of whole graphemes of at most `most` units; a "letter" longer than that is cut between code points. */
function wholeLetters(text: string, most: number): number {
  let end = 0;
  for (const { index, segment } of letters.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  return most > 1 && /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
}

function sliceOf({ text, entities }: Formatted, from: number, to: number): Formatted {
  const raw = text.slice(from, to);
  const start = from + raw.length - raw.trimStart().length;
  const kept = raw.trim();
  const end = start + kept.length;
  return { text: kept, entities: entities.flatMap((entity) => clipped(entity, start, end)) };
}

function clipped(entity: MessageEntity, start: number, end: number): MessageEntity[] {
  const from = Math.max(entity.offset, start);
  const to = Math.min(entity.offset + entity.length, end);
  return from < to ? [{ ...entity, offset: from - start, length: to - from }] : [];
}
