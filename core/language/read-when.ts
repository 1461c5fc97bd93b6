import { isHoliday, isWorkingDay } from '../time.ts';
import { guessLanguage, type HeardLanguage } from './detect.ts';
import { chooseDate, type DateFinding } from './when-date.ts';
import { chooseTime, type TimeFinding } from './when-time.ts';
import { type WhenToken, whenTokens } from './when-tokens.ts';

/** One of two buttons to ask with; its missing parts are those of the reading. */
export type WhenChoice = { date?: string; hour?: number; minute?: number };

/** Why to ask with two dated buttons; the likelier choice comes first. [language 4] */
export type WhenDoubt = {
  why: 'next-weekday' | 'today-or-next' | 'passed-day' | 'weekday-mismatch' | 'afternoon';
  choices: [WhenChoice, WhenChoice];
};

/**
 * Civil parts of what was said, never an instant. `after`: from that hour (or day) on; `until`: an end was said;
 * `ambiguous`: ask before using; `isPast`: the day is gone; `isWorkingDay` weekends and holidays are false.
 */
export type When = {
  date?: string;
  week?: number;
  weekYear?: number;
  hour?: number;
  minute?: number;
  part?: 'AM' | 'PM' | 'EV';
  after?: boolean;
  until?: { hour: number; minute: number };
  ambiguous?: WhenDoubt;
  isHoliday?: boolean;
  isWorkingDay?: boolean;
  isPast?: boolean;
};

/**
 * Reads a day and an hour from a chat message in uk, ro, ru, en or transliteration; null when it names none. Always
 * echo what was read: weekday, date, hour, with a button. [language 4]
 */
export function readWhen(
  text: string,
  { now, language }: { now: Temporal.ZonedDateTime; language?: HeardLanguage },
): When | null {
  const tokens = whenTokens(text.slice(0, 500), mayBeTranslit(text, language));
  const line = { classes: tokens.map(({ class_ }) => class_).join(''), tokens };
  const date = chooseDate(line, now);
  const time = chooseTime(date.rest, date.isFound);
  const when = { ...dateParts(date, now), ...timeParts(time), ...doubt(date, time) };
  return Object.keys(when).length > 0 ? when : null;
}

/** A line of tokens and the same as letters; what was used up is `_`. */
export type WhenLine = { classes: string; tokens: readonly WhenToken[] };

function mayBeTranslit(text: string, language?: HeardLanguage): boolean {
  const guess = guessLanguage(text, language);
  return guess === null || guess.translit || (!guess.isSure && language !== 'ro' && language !== 'en');
}

function dateParts(finding: DateFinding, now: Temporal.ZonedDateTime): When {
  const { date, week } = finding;
  if (week) return { week: week.weekOfYear ?? 0, weekYear: week.yearOfWeek ?? week.year };
  if (!date) return finding.time ? clock(finding.time) : {};
  return {
    date: date.toString(),
    ...(finding.time ? clock(finding.time) : {}),
    ...(finding.isFrom ? { after: true } : {}),
    ...(isHoliday(date) ? { isHoliday: true } : {}),
    isWorkingDay: isWorkingDay(date),
    ...(Temporal.PlainDate.compare(date, now.toPlainDate()) < 0 ? { isPast: true } : {}),
  };
}

function timeParts({ hour, minute, part, isAfter, until }: TimeFinding): When {
  return {
    ...(hour === undefined ? {} : { hour, minute: minute ?? 0 }),
    ...(part ? { part } : {}),
    ...(isAfter ? { after: true } : {}),
    ...(until ? { until } : {}),
  };
}

/** A doubt about the day is asked first; the hour is asked with the day that was read. */
function doubt(date: DateFinding, time: TimeFinding): When {
  const clocked = time.hour === undefined ? {} : { hour: time.hour, minute: time.minute ?? 0 };
  if (date.doubt) {
    const [first, second] = date.doubt.dates;
    return {
      ambiguous: {
        why: date.doubt.why,
        choices: [
          { date: first.toString(), ...clocked },
          { date: second.toString(), ...clocked },
        ],
      },
    };
  }
  if (!time.mayBeMorning || time.hour === undefined) return {};
  const day = date.date ? { date: date.date.toString() } : {};
  const minute = time.minute ?? 0;
  return {
    ambiguous: {
      why: 'afternoon',
      choices: [
        { ...day, hour: time.hour, minute },
        { ...day, hour: time.hour - 12, minute },
      ],
    },
  };
}

function clock(time: Temporal.PlainTime): When {
  return { hour: time.hour, minute: time.minute };
}
