import type { KnownBlock, MessageAttachment } from '@slack/types';
import type { Halves } from '#core/delivery/sending.ts';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { colours, factsOf, fitted, linesOf, listsOf, placeOf, portions, sections, stateOf, stepsOf } from './blocks.ts';
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
 * A message for one person, in as many parts as Slack's limits ask for. The notification and the first block are the neutral first line; a card
 * with a state has a coloured bar and the state in words. Pure.
 */
export function renderSlack(
  message: Message,
  to: To,
  seal: Seal,
  validDays: number,
): [SlackMessage, ...SlackMessage[]] {
  const drawing = drawingFor(to, seal, validDays);
  const [first, ...lines] = headed(message, to);
  const text = cut(escaped(first ? firstLine(drawing.say(first)) : ''), 900) || '—';
  if (!message.state) {
    const all = [...(first ? opened([first, ...lines].map(drawing.say).join('\n')) : []), ...bodyOf(message, drawing)];
    const [blocks = [], ...more] = portions(all, mostBlocks, mostSigns);
    return [{ text, blocks }, ...more.map((some) => ({ text, blocks: some }))];
  }
  const card = [...stateOf(message, drawing), ...linesOf(lines, drawing), ...bodyOf(message, drawing)];
  const color = colours[message.state.tone];
  const barOf = (blocks: KnownBlock[]): MessageAttachment[] => [{ color, fallback: text, blocks }];
  const [first50 = [], ...more] = portions(card, mostBlocks - 1, mostSigns);
  const top = first ? head(drawing.say(first)) : [];
  return [
    { text, blocks: top, attachments: barOf(first50) },
    ...more.map((blocks) => ({ text, blocks: [], attachments: barOf(blocks) })),
  ];
}

/** The same as one message, for an edit: what does not fit is left out at the end, with a sign that it is. */
export function renderSlackFitted(message: Message, to: To, seal: Seal, validDays: number): SlackMessage {
  const [first, ...more] = renderSlack(message, to, seal, validDays);
  if (more.length === 0) return first;
  const [bar] = first.attachments ?? [];
  const rest = more.flatMap(({ blocks, attachments }) => [...blocks, ...blocksIn(attachments)]);
  if (!bar) return { ...first, blocks: fitted([...first.blocks, ...rest], mostBlocks, mostSigns) };
  const blocks = fitted([...blocksIn([bar]), ...rest], mostBlocks - 1, mostSigns);
  return { ...first, attachments: [{ ...bar, blocks }] };
}

/** All blocks of a message's bars. */
const blocksIn = (attachments: MessageAttachment[] = []): KnownBlock[] =>
  attachments.flatMap(({ blocks = [] }) => blocks as KnownBlock[]);

/** A second copy says so in its first line: it may be the same call. */
function headed({ lines }: Message, { isMarked }: To): Phrase[] {
  const [first, ...rest] = lines;
  return first && isMarked ? [phrase('alerts:card.repeat', { head: first }), ...rest] : lines;
}

/** What comes after it may be a person's own words: that is read where it stands, not on a locked screen. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** The same of a plain message. */
function opened(text: string): KnownBlock[] {
  const [first = '', ...rest] = text.split('\n');
  return [...sections(first), ...sections(rest.join('\n'))];
}

/** The neutral first line stands alone: what comes after it may be somebody's own words. */
function head(text: string): KnownBlock[] {
  const [first = '', ...rest] = text.split('\n');
  const own = first.length < 1000 ? [marked(`*${neutral(first)}*`)] : sections(first);
  return rest.length > 0 ? [...own, ...sections(rest.join('\n'))] : own;
}

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

/** A message that was too long after all, in halves; one block cannot be halved. */
export function halvesOf({ text, blocks, attachments }: SlackMessage): Halves | undefined {
  const [bar] = attachments ?? [];
  const all = bar ? blocksIn([bar]) : blocks;
  if (all.length < 2) return undefined;
  const [left, right] = [all.slice(0, Math.ceil(all.length / 2)), all.slice(Math.ceil(all.length / 2))];
  if (!bar) return { drawn: { text, blocks: left }, rest: [{ drawn: { text, blocks: right } }] };
  const half = (top: KnownBlock[], some: KnownBlock[]): SlackMessage => ({
    text,
    blocks: top,
    attachments: [{ ...bar, blocks: some }],
  });
  return { drawn: half(blocks, left), rest: [{ drawn: half([], right) }] };
}

/** A message without blocks, for the one time that Slack refused them: all its texts, no buttons. */
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

/** The same of one part of a message, which is known as blocks only. */
export function plainOf({ text, blocks, attachments }: SlackMessage, most: number): { text: string } {
  const all = textsIn([...blocks, ...blocksIn(attachments)]).join('\n');
  return { text: cut(all, most) || text };
}

/** Every text of these blocks, as mrkdwn in which people's words stay what they are. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text, ...rest } = value as { type?: string; text?: unknown };
  if (type === 'actions') return [];
  if (typeof text === 'string') return [type === 'mrkdwn' ? text : escaped(text)];
  return [...textsIn(text), ...Object.values(rest).flatMap(textsIn)];
}
