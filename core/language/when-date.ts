import type { WhenDoubt, WhenLine } from './read-when.ts';

/** The day or week found, what remains of the line, and the two days to ask about. */
export type DateFinding = {
  date?: Temporal.PlainDate;
  week?: Temporal.PlainDate;
  time?: Temporal.PlainTime;
  isFrom?: boolean;
  isFound: boolean;
  doubt?: { why: Exclude<WhenDoubt['why'], 'afternoon'>; dates: [Temporal.PlainDate, Temporal.PlainDate] };
  rest: WhenLine;
};

/** Finds the day: the first rule of the table that fits; a weekday beside a calendar date is checked against it. [language 4] */
export function chooseDate(line: WhenLine, now: Temporal.ZonedDateTime): DateFinding {
  for (const [shape, read] of dateRules) {
    const found = shape.exec(line.classes);
    const finding = found && read(valuesAt(line, found), now, found[0]);
    if (found && finding) return checkWeekday({ ...finding, isFound: true, rest: without(line, found) });
  }
  return { isFound: false, rest: line };
}

type Found = Omit<DateFinding, 'rest' | 'isFound'>;
type Read = (values: readonly number[], now: Temporal.ZonedDateTime, classes: string) => Found | null;

const dateRules: readonly (readonly [RegExp, Read])[] = [
  [/Z/u, ([year = 0, month = 0, day = 0]) => calendar(year, month, day)],
  [/[NOE]MY/u, ([day = 0, month = 0, year = 0]) => calendar(year, month, day)],
  [/[NOE]M/u, ([day = 0, month = 0], now) => nextCalendar(month, day, now)],
  [/M[NOE](?!H)/u, ([month = 0, day = 0], now) => nextCalendar(month, day, now)],
  [/R/u, ([days = 0], now) => inDays(days, now)],
  [/(?<!T)d/u, ([day = 0, month = 0], now) => nextCalendar(month, day, now)],
  [/[IA](?:[NOT]?D|NP)/u, (values, now) => inDays(amount(values), now)],
  [/[IA][NOT]?K/u, (values, now) => inDays(7 * amount(values), now)],
  [/[IA](?:N[UW]|T?U)/u, (values, now) => inMonths(amount(values), now)],
  [
    /I[NT]?h?[HT](?![NOSC])/u,
    (values, now, classes) => (classes.includes('h') ? inMinutes(30, now) : inMinutes(60 * amount(values), now)),
  ],
  [/INm(?![NO])/u, (values, now) => inMinutes(amount(values), now)],
  [/XK|KX/u, (_, now) => ({ week: now.toPlainDate().add({ weeks: 1 }) })],
  [/xK|Kx/u, (_, now) => ({ week: now.toPlainDate() })],
  [/[NOE]c|E(?!H)/u, ([day = 0], now) => dayOfMonth(day, now)],
  [/XW|WX/u, (values, now, classes) => nextWeekday(values[classes.indexOf('W')] ?? 1, now)],
  [/xW|Wx/u, (values, now, classes) => thisWeekday(values[classes.indexOf('W')] ?? 1, now)],
  [/FT?W/u, (values, now) => ({ ...weekday(values.at(-1) ?? 1, now), isFrom: true })],
  [/W/u, ([day = 1], now) => weekday(day, now)],
  [/nN(?![HMPN])/u, ([isDay, day = 0], now) => (isDay === 1 || day > 19 ? dayOfMonth(day, now) : null)],
];

/** One value per token of the match, so that places in the letters are places in the values; dates bring their three. */
function valuesAt(line: WhenLine, found: RegExpExecArray): readonly number[] {
  const tokens = line.tokens.slice(found.index, found.index + found[0].length);
  return tokens.length === 1 ? (tokens[0]?.values ?? []) : tokens.map(({ values }) => values[0] ?? 0);
}

function without(line: WhenLine, { 0: { length }, index }: RegExpExecArray): WhenLine {
  return { ...line, classes: line.classes.slice(0, index) + '_'.repeat(length) + line.classes.slice(index + length) };
}

/** через 3 дні, через тиждень, peste o săptămână: the number between, else one. */
function amount(values: readonly number[]): number {
  return values.length > 2 ? values[1] || 1 : 1;
}

function calendar(year: number, month: number, day: number): Found | null {
  if (year < 1900 || year > 2099) return null;
  const date = dateOrNull(year, month, day);
  return date && { date };
}

/** The coming one; a day gone this year is next year's. */
function nextCalendar(month: number, day: number, now: Temporal.ZonedDateTime): Found | null {
  const today = now.toPlainDate();
  for (let year = today.year; year <= today.year + 8; year += 1) {
    const date = dateOrNull(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return { date };
  }
  return null;
}

/** A day without month; when it is gone this month, the next one and the one after are asked about. */
function dayOfMonth(day: number, now: Temporal.ZonedDateTime): Found | null {
  if (day < 1 || day > 31) return null;
  const today = now.toPlainDate();
  const months = [0, 1, 2, 3, 4].map((months) => today.with({ day: 1 }).add({ months }));
  const dates = months.map(({ year, month }) => dateOrNull(year, month, day)).filter((date) => date !== null);
  const [first, second] = dates.filter((date) => Temporal.PlainDate.compare(date, today) >= 0);
  if (!first || !second) return null;
  return day < today.day ? { date: first, doubt: { why: 'passed-day', dates: [first, second] } } : { date: first };
}

function inDays(days: number, now: Temporal.ZonedDateTime): Found {
  return { date: now.toPlainDate().add({ days }) };
}

function inMonths(months: number, now: Temporal.ZonedDateTime): Found {
  return { date: now.toPlainDate().add({ months }) };
}

function inMinutes(minutes: number, now: Temporal.ZonedDateTime): Found {
  const then = now.add({ minutes });
  return { date: then.toPlainDate(), time: then.toPlainTime().round('minute') };
}

/** The coming one; said on the same weekday it may be today or in a week. */
function weekday(day: number, now: Temporal.ZonedDateTime): Found {
  const today = now.toPlainDate();
  const date = today.add({ days: ((day - today.dayOfWeek + 6) % 7) + 1 });
  return day === today.dayOfWeek ? { date, doubt: { why: 'today-or-next', dates: [date, today] } } : { date };
}

function thisWeekday(day: number, now: Temporal.ZonedDateTime): Found {
  const today = now.toPlainDate();
  return { date: today.add({ days: day - today.dayOfWeek }) };
}

/** "Next" and a weekday still to come this week: next week's, or this week's? */
function nextWeekday(day: number, now: Temporal.ZonedDateTime): Found {
  const today = now.toPlainDate();
  const nextWeek = today.add({ days: 7 + day - today.dayOfWeek });
  if (day <= today.dayOfWeek) return { date: nextWeek };
  return { date: nextWeek, doubt: { why: 'next-weekday', dates: [nextWeek, nextWeek.subtract({ days: 7 })] } };
}

/** "Tuesday 2 December" when that is a Wednesday: ask. */
function checkWeekday(finding: DateFinding): DateFinding {
  const at = finding.rest.classes.indexOf('W');
  const said = finding.rest.tokens[at]?.values[0];
  if (!finding.date || finding.doubt || at < 0 || said === undefined) return finding;
  const rest = { ...finding.rest, classes: finding.rest.classes.replaceAll('W', '_') };
  if (said === finding.date.dayOfWeek) return { ...finding, rest };
  const other = finding.date.add({ days: said - finding.date.dayOfWeek });
  return { ...finding, rest, doubt: { why: 'weekday-mismatch', dates: [finding.date, other] } };
}

function dateOrNull(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
