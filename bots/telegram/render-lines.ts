import type { Button, Message, Section, SectionItem, Tone } from '#core/message.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { buttonLine, isItemNumbered } from './render-buttons.ts';
import type { Line } from './render-text.ts';

type Tell = (what: Phrase) => string;

/** The sign of a state: a shape, so that it is never told by colour alone. */
const signs: Record<Tone, string> = { red: '●', amber: '▲', blue: '◐', green: '✓', grey: '○' };

/** All that a message says, as paragraphs of lines: head, facts, sections, steps, numbers to call. */
export function linesOf(whole: Message, isMarked: boolean, tell: Tell): Line[][] {
  const message = withoutTitleTwice(whole, tell);
  return [
    ...headOf(message, isMarked, tell),
    (message.facts ?? []).map(({ label, value }) => ({ text: `${tell(label)}: ${tell(value)}` })),
    ...sectionsOf(message.sections ?? [], tell),
    (message.steps ?? []).map((step) => ({ text: `· ${tell(step)}` })),
    linesForButtons(message, tell),
  ];
}

/** A list that is the only one is called as the message is: said once, with its number. */
function withoutTitleTwice(message: Message, tell: Tell): Message {
  const [title, ...rest] = message.lines;
  const [list] = message.sections ?? [];
  return title && list && tell(list.title) === tell(title) ? { ...message, lines: rest } : message;
}

/** State, number and place come first, in one bold line on a card; a repeated urgent message says so in front of all. */
function headOf(message: Message, isMarked: boolean, tell: Tell): Line[][] {
  const isCard = message.state !== undefined || message.facts !== undefined || message.sections !== undefined;
  const [first = '', ...others] = message.lines.map(tell);
  const [opening = '', ...rest] = first.split('\n');
  const state = message.state && `${signs[message.state.tone]} ${tell(message.state.word).toUpperCase()}`;
  const plain = [state, opening].filter(Boolean).join(' · ');
  const head = isMarked ? tell(phrase('alerts:card.repeat', { head: words(plain) })) : plain;
  return paragraphs([[{ text: head, isBold: isCard }, ...rest.map((text) => ({ text }))], ...others.map(toLines)]);
}

const toLines = (text: string): Line[] => text.split('\n').map((line) => ({ text: line }));

/** Phrases of one line stand close together; one of several lines has air around it. */
function paragraphs(phrases: Line[][]): Line[][] {
  const made: Line[][] = [];
  for (const [place, lines] of phrases.entries()) {
    const isClose = lines.length === 1 && phrases[place - 1]?.length === 1;
    if (isClose) made.at(-1)?.push(...lines);
    else made.push(lines);
  }
  return made;
}

/** A home: headings with counts, under each what needs somebody. Items are numbered as their buttons are, through all sections. */
function sectionsOf(sections: Section[], tell: Tell): Line[][] {
  let number = 0;
  return sections.map((section) => [
    headingOf(section, tell),
    ...section.items.flatMap((item) => itemLines(item, isItemNumbered(item) ? ++number : undefined, tell)),
    ...restOf(section, tell),
  ]);
}

const headingOf = ({ title, count }: Section, tell: Tell): Line => ({
  text: count > 0 ? `${tell(title)} · ${count}` : tell(title),
  isBold: true,
});

function itemLines({ lines, tone }: SectionItem, number: number | undefined, tell: Tell): Line[] {
  const [first = '', ...rest] = lines.flatMap((line) => tell(line).split('\n'));
  const front = [number === undefined ? '·' : `${number}.`, ...(tone ? [signs[tone]] : [])].join(' ');
  return [{ text: `${front} ${first}` }, ...rest.map((text) => ({ text: `   ${text}` }))];
}

function restOf({ count, items, empty }: Section, tell: Tell): Line[] {
  if (count === 0) return empty ? toLines(tell(empty)) : [];
  return count > items.length && items.length > 0 ? [{ text: `… +${count - items.length}` }] : [];
}

function linesForButtons({ buttons = [], sections = [] }: Message, tell: Tell): Line[] {
  const all: Button[] = [
    ...sections.flatMap(({ items, open }) => [...items.flatMap((item) => item.buttons), ...(open ? [open] : [])]),
    ...buttons.flat(),
  ];
  return all.flatMap((button) => buttonLine(button, tell) ?? []).map((text) => ({ text }));
}
