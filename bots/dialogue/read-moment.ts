import { readWhen, type When, type WhenChoice } from '#core/language/read-when.ts';
import { fromLocal, toLocal } from '#core/time.ts';

/** Instants a text may mean, the likeliest first; empty when no day and hour can be read from it. Two: ask which one. `isDay`: a day is enough. */
export function instantsIn(text: string, now: Date, isDay = false): Date[] {
  const local = toLocal(now);
  const read = readWhen(text, { now: local });
  if (!read) return [];
  const choices: WhenChoice[] = read.ambiguous ? read.ambiguous.choices : [read];
  return choices
    .map((choice) => (isDay ? dayOf(choice, read) : instantOf(choice, read, local)))
    .filter((instant) => instant !== undefined);
}

/** `2026-11-26T10:00` on the office's clock. */
export const localInstant = (local: string): Date => fromLocal(Temporal.PlainDateTime.from(local));

/** The first minute of the day; an hour alone names no day. */
function dayOf(choice: WhenChoice, read: When): Date | undefined {
  const day = choice.date ?? read.date;
  return day ? fromLocal(Temporal.PlainDate.from(day).toPlainDateTime()) : undefined;
}

/** A day without an hour, or an hour without a day, takes the other from what was read or from today. */
function instantOf(choice: WhenChoice, read: When, now: Temporal.ZonedDateTime): Date | undefined {
  const day = choice.date ?? read.date ?? now.toPlainDate().toString();
  const hour = choice.hour ?? read.hour;
  if (hour === undefined) return undefined;
  const minute = choice.minute ?? read.minute ?? 0;
  return fromLocal(Temporal.PlainDate.from(day).toPlainDateTime({ hour, minute }));
}
