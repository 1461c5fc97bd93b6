import type { PersonId } from '../id.ts';
import { addMinutes, nextWorkingInstant } from '../time.ts';
import type { Deps } from '../world.ts';
import { type Alert, ladder, type Ring, rung } from './alert.ts';
import { peopleOf } from './ring.ts';

export type Told = { step: number; ring: Ring; people: PersonId[] };

/**
 * The climb from `fromStep` on, as far as it must go now: an empty step is skipped at once, so that somebody is told.
 * Gives the alert as it stands after it, and whom to tell. A step on which everybody knows already is empty, but for the last ring: that repeats.
 */
export async function climb(alert: Alert, fromStep: number, deps: Deps): Promise<{ alert: Alert; told: Told }> {
  const widest = ladder(alert.level, deps.settings).length - 1;
  for (let step = fromStep; ; step++) {
    const { ring } = rung(alert.level, step, deps.settings);
    const people = (await peopleOf(ring, alert, deps)).map(({ id }) => id);
    const news = step >= widest ? people : people.filter((id) => !alert.toldIds.includes(id));
    if (news.length > 0 || step >= widest)
      return { alert: after(alert, step, ring, news, deps), told: { step, ring, people: news } };
  }
}

function after(alert: Alert, step: number, ring: Ring, people: PersonId[], deps: Deps): Alert {
  return {
    ...alert,
    step,
    ring,
    toldIds: [...new Set([...alert.toldIds, ...people])],
    told: [...alert.told, ...people.map((personId) => ({ personId, at: deps.now, ring }))].slice(-60),
    ...nextTime(alert, step, deps),
  };
}

/**
 * When the next step is due. A skipped or late step moves the ladder, so that the next one keeps its distance;
 * "other urgent" climbs in working hours only.
 */
function nextTime(alert: Alert, step: number, { settings, now }: Deps): Pick<Alert, 'climbFrom' | 'nextStepAt'> {
  const here = rung(alert.level, step, settings).afterMinutes;
  const next = rung(alert.level, step + 1, settings).afterMinutes;
  const isLate = addMinutes(alert.climbFrom, next) <= now;
  const climbFrom = isLate ? addMinutes(now, -here) : alert.climbFrom;
  const at = addMinutes(climbFrom, next);
  const nextStepAt = alert.level === 'urgent' ? nextWorkingInstant(at, settings.workingHours) : at;
  return { climbFrom, nextStepAt };
}
