import type { WhenLine } from './read-when.ts';
import { parts } from './when-words.ts';

/** The hour found; `mayBeMorning`: said as 1 to 7 without part of day, read as afternoon. */
export type TimeFinding = {
  hour?: number;
  minute?: number;
  part?: 'AM' | 'PM' | 'EV';
  isAfter?: boolean;
  until?: { hour: number; minute: number };
  mayBeMorning?: boolean;
};

/** Finds the hour in what the day left of the line; a bare number counts only where a day was said. [language 4] */
export function chooseTime(line: WhenLine, isDayFound: boolean): TimeFinding {
  const part = partOf(line);
  for (const { shape, read, needsDay } of timeRules) {
    const found = needsDay && !isDayFound ? null : shape.exec(line.classes);
    const said = found && read(valuesIn(line, found), found[0], textIn(line, found));
    if (said && isClock(said)) return settle(said, part);
  }
  return part === 'night' || part === undefined ? {} : { part };
}

type Said = { hour?: number; minute?: number; isAfter?: boolean; until?: number; isExact?: boolean };
type Rule = {
  shape: RegExp;
  read: (values: readonly number[], classes: string, text: string) => Said;
  needsDay?: boolean;
};

const timeRules: readonly Rule[] = [
  { shape: /C/u, read: () => ({ hour: 12, isExact: true }) },
  { shape: /(?:F|T)?(?:T)?S(?:B|s|T)S/u, read: (values) => rangeOf(values.slice(-5)) },
  { shape: /A(?:T)?[Sd]/u, read: (values) => ({ ...clockOf(values.slice(-2)), isAfter: true }) },
  { shape: /S/u, read: (values, _, text) => ({ ...clockOf(values), isExact: text.startsWith('0') }) },
  { shape: /d/u, read: (values) => clockOf(values) },
  { shape: /hn?[NO]/u, read: (values) => ({ hour: before(values.at(-1)), minute: 30 }) },
  { shape: /hsN/u, read: (values) => ({ hour: values.at(-1) ?? 0, minute: 30 }) },
  { shape: /[NO]H?sh/u, read: ([hour = 0]) => ({ hour, minute: 30 }) },
  { shape: /[NO]H?sN?q/u, read: ([hour = 0]) => ({ hour, minute: 15 }) },
  { shape: /[NO]H?bN?q/u, read: ([hour = 0]) => ({ hour: before(hour), minute: 45 }) },
  { shape: /[NO]bN/u, read: ([hour = 0, , minutes = 0]) => ({ hour: before(hour), minute: 60 - minutes }) },
  { shape: /[bI]q[NO]/u, read: (values) => ({ hour: before(values.at(-1)), minute: 45 }) },
  { shape: /bNm?[NO]|INm?O/u, read: (values) => ({ hour: before(values.at(-1)), minute: 60 - (values[1] ?? 0) }) },
  { shape: /qs[NO]/u, read: (values) => ({ hour: values.at(-1) ?? 0, minute: 15 }) },
  { shape: /qB[NO]/u, read: (values) => ({ hour: before(values.at(-1)), minute: 45 }) },
  { shape: /qn?[NO]/u, read: (values) => ({ hour: before(values.at(-1)), minute: 15 }) },
  { shape: /G/u, read: ([from = 0, to = 0]) => ({ hour: from, until: to }) },
  {
    shape: /FT?[NO]H?[BsT]T?[NO]|T[NO]H?BT?[NO]/u,
    read: (values, classes) => ({ hour: values[classes.search(/[NO]/u)] ?? 0, until: values.at(-1) ?? 0 }),
  },
  { shape: /[AF]T*[NO](?![DKUmMc])/u, read: (values) => ({ hour: values.at(-1) ?? 0, isAfter: true }) },
  { shape: /BT?[NO]/u, read: (values) => ({ until: values.at(-1) ?? 0 }) },
  { shape: /[Tn][NO]H?s?N(?!D|c|M)/u, read: (values) => ({ hour: values[1] ?? 0, minute: values.at(-1) ?? 0 }) },
  { shape: /[Tn]T?[NO](?!D|c|M|m)/u, read: (values) => ({ hour: values.at(-1) ?? 0 }) },
  { shape: /[NO](?=H|P)/u, read: ([hour = 0]) => ({ hour }) },
  { shape: /(?<=[_P])[NO]$|^[NO](?=_)/u, read: ([hour = 0]) => ({ hour }), needsDay: true },
];

/** The values of the match, token by token; a clock token brings its two. */
function valuesIn(line: WhenLine, found: RegExpExecArray): readonly number[] {
  const tokens = line.tokens.slice(found.index, found.index + found[0].length);
  return tokens.flatMap(({ values }) => values);
}

function textIn(line: WhenLine, { 0: { length }, index }: RegExpExecArray): string {
  return line.tokens
    .slice(index, index + length)
    .map(({ text }) => text)
    .join(' ');
}

function clockOf([hour = 0, minute = 0]: readonly number[]): Said {
  return { hour, minute };
}

/** 10:00 до 12:30, with the word between. */
function rangeOf([hour = 0, minute = 0, , until = 0]: readonly number[]): Said {
  return { hour, minute, until };
}

/** The hour under way: half of the third is after two; of the first, after twelve. */
function before(hour = 0): number {
  return hour === 1 ? 12 : hour - 1;
}

function isClock({ hour = 0, minute = 0, until = 0 }: Said): boolean {
  return hour >= 0 && hour <= 24 && minute >= 0 && minute < 60 && until <= 24;
}

function settle(said: Said, part: (typeof parts)[number] | undefined): TimeFinding {
  const { hour: raw, minute = 0, until } = said;
  const hour = raw === undefined ? undefined : said.isExact && !part ? raw : byPart(raw, part);
  const isGuess = raw !== undefined && !said.isExact && part === undefined && raw >= 1 && raw <= 7;
  const ending = until === undefined ? undefined : { hour: endOf(until, hour), minute: 0 };
  return {
    ...(hour === undefined ? {} : { hour: hour === 24 ? 0 : hour, minute }),
    ...(said.isAfter ? { isAfter: true } : {}),
    ...(ending ? { until: ending } : {}),
    ...(isGuess ? { mayBeMorning: true } : {}),
  };
}

/** Morning and night keep the hour, afternoon and evening move it; without part 1 to 7 are the afternoon's. */
function byPart(hour: number, part: (typeof parts)[number] | undefined): number {
  if (part === 'PM' || part === 'EV') return hour < 12 ? hour + 12 : hour;
  if (part === 'night' && hour === 12) return 0;
  return part === undefined && hour >= 1 && hour <= 7 ? hour + 12 : hour;
}

function endOf(until: number, from: number | undefined): number {
  return until <= 7 && (from === undefined || until < from) ? until + 12 : until;
}

/** The part said; "diseară" says it with the day. */
function partOf(line: WhenLine): (typeof parts)[number] | undefined {
  const at = line.classes.indexOf('P');
  return parts[line.tokens[at]?.values[0] ?? -1];
}
