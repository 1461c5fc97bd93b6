import { addMinutes } from '../time.ts';
import type { Looks } from '../world.ts';

/** A stretch of time; `from` is inside, `to` is outside. */
export type Span = { from: Date; to: Date };

/** True when two stretches share time. */
export const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** The first stretch inside `whole` that no slot covers; `undefined` when somebody is on duty all the time. */
export function firstGap(slots: Span[], whole: Span): Span | undefined {
  let covered = whole.from;
  for (const slot of [...slots].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (slot.from > covered) return { from: covered, to: earlier(slot.from, whole.to) };
    if (slot.to > covered) covered = slot.to;
    if (covered >= whole.to) return undefined;
  }
  return covered < whole.to ? { from: covered, to: whole.to } : undefined;
}

/** The stretch that is looked at from now on. */
export const comingDays = ({ now, settings }: Pick<Looks, 'now' | 'settings'>): Span => ({
  from: now,
  to: addMinutes(now, settings.duty.gapDays * 24 * 60),
});

/** When the end of a slot is looked at: a day before, but not at once when it was only just set. */
export function gapCheckAt(to: Date, { now, settings }: Pick<Looks, 'now' | 'settings'>): Date {
  const before = addMinutes(to, -settings.duty.gapWarningHours * 60);
  const soonest = addMinutes(now, settings.duty.gapGraceMinutes);
  return later(before, soonest);
}

function earlier(a: Date, b: Date): Date {
  if (a < b) return a;
  return b;
}

function later(a: Date, b: Date): Date {
  if (a > b) return a;
  return b;
}
