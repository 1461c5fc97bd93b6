import type { KnownBlock } from '@slack/types';
import type { Message, Section, SectionItem, Tone } from '#core/message.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { chunks, type Drawing, marked } from './drawing.ts';
import { cut, neutral, parts } from './text.ts';

/** Slack cuts section texts at 3000; sections of this length leave room. */
const sectionMost = 2800;
const fieldMost = 1900;
const headerMost = 150;

/** Colours of the bar beside a card; the state stands in words as well. */
export const colours: Record<Tone, string> = {
  red: '#B3241F',
  amber: '#F6BC2C',
  blue: '#175CA3',
  green: '#1A683A',
  grey: '#76899A',
};

/** A text as plain sections: Slack interprets nothing in them, so people's words stay what they are. */
export const sections = (text: string): KnownBlock[] =>
  parts(text, sectionMost).map((part) => ({ type: 'section', text: { type: 'plain_text', text: part, emoji: false } }));

/** Lines one under another. */
export const linesOf = (lines: readonly Phrase[], { say }: Drawing): KnownBlock[] =>
  sections(lines.map(say).join('\n'));

/** The state as a word, in capitals as on every card; the bar only repeats it. */
export const stateOf = ({ state }: Message, { say }: Drawing): KnownBlock[] =>
  state ? [marked(`*${neutral(say(state.word).toUpperCase())}*`)] : [];

/** Short facts in two columns; a long one has its own lines. */
export function factsOf(facts: Message['facts'], { say }: Drawing): KnownBlock[] {
  const said = (facts ?? []).map(({ label, value }) => ({ label: say(label), value: say(value) }));
  const isShort = ({ label, value }: (typeof said)[number]) => label.length + neutral(value).length < fieldMost;
  const fields = said.filter(isShort).map(({ label, value }) => ({
    type: 'mrkdwn' as const,
    text: `*${neutral(label)}*\n${neutral(value)}`,
    verbatim: true,
  }));
  return [
    ...chunks(fields, 10).map((some): KnownBlock => ({ type: 'section', fields: some })),
    ...said
      .filter((fact) => !isShort(fact))
      .flatMap(({ label, value }) => [marked(`*${neutral(label)}*`), ...sections(value)]),
  ];
}

/** What happened so far, small, at the foot of a card. */
export const stepsOf = (steps: Message['steps'], { say }: Drawing): KnownBlock[] =>
  parts((steps ?? []).map(say).join('\n'), fieldMost).map((text) => ({
    type: 'context',
    elements: [{ type: 'plain_text', text, emoji: false }],
  }));

/** A place as a link to the map, its address below. */
export function placeOf({ place }: Message, { say }: Drawing): KnownBlock[] {
  if (!place) return [];
  const { latitude, longitude } = place;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&amp;mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return [marked(`<${map}|${neutral(say(place.title)).replaceAll('|', '/')}>\n${neutral(say(place.address))}`)];
}

/** Lists of a home screen: a heading with its number, one section an item with its buttons, how many are not shown. */
export function listsOf(lists: Message['sections'], drawing: Drawing): KnownBlock[][] {
  return (lists ?? []).map((list) => [
    heading(list, drawing),
    ...bodyOf(list, drawing),
    ...(list.open ? drawing.buttons([[list.open]]) : []),
  ]);
}

const heading = ({ title, count }: Section, { say }: Drawing): KnownBlock => ({
  type: 'header',
  text: {
    type: 'plain_text',
    text: `${cut(say(title), headerMost - 10)}${count > 0 ? ` · ${count}` : ''}`,
    emoji: true,
  },
});

function bodyOf({ items, count, empty }: Section, drawing: Drawing): KnownBlock[] {
  if (items.length === 0) return empty ? [small(drawing.say(empty))] : [];
  const rest = count - items.length;
  return [
    ...items.flatMap((item) => itemOf(item, drawing)),
    ...(rest > 0 ? [small(drawing.say(phrase('slack:home.more', { total: rest })))] : []),
  ];
}

/** One button stands beside its item, several stand below. */
function itemOf({ lines, buttons }: SectionItem, drawing: Drawing): KnownBlock[] {
  const text = linesOf(lines, drawing);
  const [only, ...others] = buttons;
  const [first, ...more] = text;
  const beside = only && others.length === 0 && first?.type === 'section' ? drawing.beside(only) : undefined;
  if (beside && first?.type === 'section') return [{ ...first, accessory: beside }, ...more];
  return [...text, ...drawing.buttons([buttons])];
}

/** A remark below something. */
export const small = (text: string): KnownBlock => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: cut(text, fieldMost), emoji: false }],
});

/** Blocks in portions of at most so many blocks and signs, in their order; buttons stand at the end of the last. */
export function portions(blocks: KnownBlock[], most: number, signs: number): KnownBlock[][] {
  const made: KnownBlock[][] = [[]];
  for (const block of blocks) {
    const last = made.at(-1) ?? [];
    if (last.length === 0 || fits([...last, block], most, signs)) last.push(block);
    else made.push([block]);
  }
  return made;
}

/** At most so many blocks and signs, as Slack refuses more: texts at the end go first, with a sign that they did; buttons stay. */
export function fitted(blocks: KnownBlock[], most: number, signs: number): KnownBlock[] {
  const kept = [...blocks];
  let at = -1;
  while (!fits(at < 0 ? kept : [...kept, small('…')], most, signs)) {
    at = kept.findLastIndex((block, n) => n > 0 && block.type !== 'actions');
    if (at < 1) return kept.slice(0, most);
    kept.splice(at, 1);
  }
  if (at > 0) kept.splice(at, 0, small('…'));
  return kept;
}

/** The same for lists: what is last in the order of urgency goes, with its buttons. */
export function topOf(blocks: KnownBlock[], most: number, signs: number): KnownBlock[] {
  const kept = [...blocks];
  while (!fits(kept, kept.length < blocks.length ? most - 1 : most, signs)) kept.pop();
  return kept.length < blocks.length ? [...kept, small('…')] : kept;
}

const fits = (blocks: KnownBlock[], most: number, signs: number) =>
  blocks.length <= most && JSON.stringify(blocks).length <= signs;
