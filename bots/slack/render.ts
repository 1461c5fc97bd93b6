import type { KnownBlock, MessageAttachment } from '@slack/types';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { colours, factsOf, fitted, linesOf, listsOf, placeOf, sections, stateOf, stepsOf } from './blocks.ts';
import { type Drawing, drawingFor, marked, type To } from './drawing.ts';
import { cut, escaped, neutral } from './text.ts';

export type { To } from './drawing.ts';
export { renderHome } from './home.ts';
export { renderModal } from './modal.ts';

/** A message as Slack takes it. `text` is what a notification shows. */
export type SlackMessage = { text: string; blocks: KnownBlock[]; attachments?: MessageAttachment[] };

const mostBlocks = 50;
/** Slack refuses about 13,200 signs in the blocks of one message, without saying so anywhere. */
const mostSigns = 12_000;

/**
 * A message for one person. The notification and the first block are the neutral first line; a card with a state has a coloured bar
 * and the state in words. Pure.
 */
export function renderSlack(message: Message, to: To, seal: Seal, validDays: number): SlackMessage {
  const drawing = drawingFor(to, seal, validDays);
  const [first, ...lines] = headed(message, to);
  const text = cut(escaped(first ? firstLine(drawing.say(first)) : ''), 900) || '—';
  if (!message.state) {
    const blocks = [...linesOf([...(first ? [first] : []), ...lines], drawing), ...bodyOf(message, drawing)];
    return { text, blocks: fitted(blocks, mostBlocks, mostSigns) };
  }
  const card = [...stateOf(message, drawing), ...linesOf(lines, drawing), ...bodyOf(message, drawing)];
  const bar = { color: colours[message.state.tone], fallback: text, blocks: fitted(card, mostBlocks - 1, mostSigns) };
  return { text, blocks: first ? head(drawing.say(first)) : [], attachments: [bar] };
}

/** A second copy says so in its first line: it may be the same call. */
function headed({ lines }: Message, { isMarked }: To): Phrase[] {
  const [first, ...rest] = lines;
  return first && isMarked ? [phrase('alerts:card.repeat', { head: first }), ...rest] : lines;
}

/** What comes after it may be a person's own words: that is read where it stands, not on a locked screen. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

const head = (text: string): KnownBlock[] =>
  text.length < 1000 && !text.includes('\n') ? [marked(`*${neutral(text)}*`)] : sections(text);

function bodyOf(message: Message, drawing: Drawing): KnownBlock[] {
  const lists = listsOf(message.sections, drawing);
  return [
    ...factsOf(message.facts, drawing),
    ...placeOf(message, drawing),
    ...lists.flat(),
    ...drawing.buttons(message.buttons ?? []),
    ...stepsOf(message.steps, drawing),
  ];
}

/** The same without blocks, for the one time that Slack refused them: all its texts, no buttons. */
export function renderPlain(message: Message, to: To, seal: Seal, most: number): { text: string } {
  const { say } = drawingFor(to, seal, 1);
  const facts = (message.facts ?? []).map(({ label, value }) => `${say(label)}: ${say(value)}`);
  const all = [
    ...headed(message, to).map(say),
    ...(message.state ? [say(message.state.word)] : []),
    ...facts,
    ...(message.steps ?? []).map(say),
  ];
  return { text: cut(escaped(all.join('\n')), most) || '—' };
}
