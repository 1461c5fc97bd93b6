/**
 * Time as the office lives it: instants are `Date` in the stores, every civil reckoning is done in Bucharest.
 * Nothing here reads a clock; the caller brings the instant. [delivery 6, language 5]
 */

/** The one zone of local reckoning; Romania has a single one. */
export const zone = 'Europe/Bucharest';

/** A civil day: `YYYY-MM-DD` as `localDate` gives it, or a PlainDate. */
export type LocalDay = string | Temporal.PlainDate;

/** A span of the local clock, `HH:MM` both ends; `from` is inside, `to` is outside; may run over midnight. */
export type ClockSpan = { readonly from: string; readonly to: string };

/** Office hours; without `byDay` the same on Monday to Friday. `byDay` is keyed by ISO weekday, null = closed then. */
export type WorkingHours = ClockSpan & {
  readonly closedDays?: readonly string[];
  readonly byDay?: Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, ClockSpan | null>>>;
};

/** An instant on the local calendar and clock. */
export function toLocal(at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

/** A local date and time as an instant; a time skipped in spring moves forward, one lived twice in autumn is the first. */
export function fromLocal(plain: Temporal.PlainDateTime): Date {
  return new Date(plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** Elapsed minutes later (or earlier); a clock change does not touch it. */
export function addMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

/** Elapsed minutes from one instant to another, with fractions; negative when `to` is earlier. */
export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}

/** Calendar days later (or earlier) at the same local clock time; not always 24 hours. */
export function addDays(at: Date, days: number): Date {
  return fromLocal(toLocal(at).toPlainDateTime().add({ days }));
}

/** The key of the local day, `YYYY-MM-DD`: what is done once a day is done once per key, whatever the clock does. */
export function localDate(at: Date): string {
  return toLocal(at).toPlainDate().toString();
}

/** The first instant of the local day. */
export function startOfDay(at: Date): Date {
  return fromLocal(toLocal(at).toPlainDate().toPlainDateTime());
}

/** Whether routine messages must wait now. Equal ends mean no quiet hours at all. */
export function isQuiet(at: Date, quietHours: ClockSpan): boolean {
  return spanContains(toLocal(at).toPlainTime(), quietHours);
}

/** The first instant not quiet: `at` itself when it is not quiet, else the end of these quiet hours. */
export function nextQuietEnd(at: Date, quietHours: ClockSpan): Date {
  if (!isQuiet(at, quietHours)) return at;
  const local = toLocal(at).toPlainDateTime();
  const end = Temporal.PlainTime.from(quietHours.to);
  const isTomorrow = Temporal.PlainTime.compare(local.toPlainTime(), end) >= 0;
  return fromLocal(
    local
      .toPlainDate()
      .add({ days: isTomorrow ? 1 : 0 })
      .toPlainDateTime(end),
  );
}

/** Monday to Friday, no public holiday, none of the office's own closed days. */
export function isWorkingDay(date: LocalDay, closedDays: readonly string[] = []): boolean {
  const day = Temporal.PlainDate.from(date);
  return day.dayOfWeek <= 5 && !isHoliday(day) && !closedDays.includes(day.toString());
}

/** The same local clock time, n working days later; n = 0 gives `at` back, even on a Sunday. Refuses n below 0. */
export function addWorkingDays(at: Date, n: number, closedDays: readonly string[] = []): Date {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`working days must be a whole number, not ${n}`);
  if (n === 0) return at;
  const local = toLocal(at);
  let day = local.toPlainDate();
  for (let left = n; left > 0; left -= 1) day = nextDayThat(day, (date) => isWorkingDay(date, closedDays));
  return fromLocal(day.toPlainDateTime(local.toPlainTime()));
}

/** Whether the office is open at this instant. */
export function workingHoursContains(at: Date, hours: WorkingHours): boolean {
  const local = toLocal(at);
  const open = openingOf(local.toPlainDate(), hours);
  return open !== null && spanContains(local.toPlainTime(), open);
}

/** The first instant the office is open: `at` itself when it is open. Refuses hours which never open within a year. */
export function nextWorkingInstant(at: Date, hours: WorkingHours): Date {
  if (workingHoursContains(at, hours)) return at;
  const local = toLocal(at).toPlainDateTime();
  const today = openingInstant(local.toPlainDate(), hours);
  if (today && today > at) return today;
  const day = nextDayThat(local.toPlainDate(), (date) => openingOf(date, hours) !== null);
  return openingInstant(day, hours) ?? at;
}

/** When the reminder of the day before goes out: a full hour, 18:00 local on the day before. [domain 7] */
export function dayBeforeReminderAt(start: Date, hour = 18): Date {
  const eve = toLocal(start).toPlainDate().subtract({ days: 1 });
  return fromLocal(eve.toPlainDateTime({ hour }));
}

/** When the second reminder goes out: two elapsed hours before. [domain 7] */
export function twoHoursBefore(start: Date): Date {
  return addMinutes(start, -120);
}

/** Orthodox Easter Sunday by the Julian formula plus 13 days; right from 1900 to 2099. [language 5] */
export function orthodoxEaster(year: number): Temporal.PlainDate {
  if (year < 1900 || year > 2099) throw new RangeError(`no Easter reckoning for ${year}`);
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const julian = moon + weekday + 114;
  const month = Math.floor(julian / 31);
  return Temporal.PlainDate.from({ year, month, day: (julian % 31) + 1 }).add({ days: 13 });
}

/** The public holidays of a year, sorted; without bridge days, which an office enters as closed days. [language 5] */
export function publicHolidays(year: number): readonly string[] {
  const easter = orthodoxEaster(year);
  const moving = movingHolidays.map((days) => easter.add({ days }).toString());
  const fixed = fixedHolidays.map((day) => `${year}-${day}`);
  return [...new Set([...fixed, ...moving])].sort();
}

/** Whether a day is a public holiday (Labour Code art. 139). [language 5] */
export function isHoliday(date: LocalDay): boolean {
  const day = Temporal.PlainDate.from(date);
  return publicHolidays(day.year).includes(day.toString());
}

/** Labour Code art. 139, the fixed days. */
const fixedHolidays = [
  '01-01',
  '01-02',
  '01-06',
  '01-07',
  '01-24',
  '05-01',
  '06-01',
  '08-15',
  '11-30',
  '12-01',
  '12-25',
  '12-26',
];

/** Days from Easter Sunday: Good Friday, Easter Sunday and Monday, Pentecost Sunday and Monday. */
const movingHolidays = [-2, 0, 1, 49, 50];

function spanContains(time: Temporal.PlainTime, { from, to }: ClockSpan): boolean {
  const afterFrom = Temporal.PlainTime.compare(time, from) >= 0;
  const beforeTo = Temporal.PlainTime.compare(time, to) < 0;
  const runsOverMidnight = Temporal.PlainTime.compare(from, to) > 0;
  return runsOverMidnight ? afterFrom || beforeTo : afterFrom && beforeTo;
}

function openingOf(day: Temporal.PlainDate, hours: WorkingHours): ClockSpan | null {
  const own = hours.byDay?.[day.dayOfWeek as 1 | 2 | 3 | 4 | 5 | 6 | 7];
  if (own === null || isHoliday(day) || hours.closedDays?.includes(day.toString())) return null;
  return own ?? (day.dayOfWeek <= 5 ? hours : null);
}

function openingInstant(day: Temporal.PlainDate, hours: WorkingHours): Date | null {
  const open = openingOf(day, hours);
  return open && fromLocal(day.toPlainDateTime(open.from));
}

function nextDayThat(day: Temporal.PlainDate, fits: (day: Temporal.PlainDate) => boolean): Temporal.PlainDate {
  for (let ahead = 1; ahead <= 366; ahead += 1) {
    const next = day.add({ days: ahead });
    if (fits(next)) return next;
  }
  throw new RangeError('no working day within a year: look at the closed days and hours');
}
