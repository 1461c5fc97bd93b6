import type { PersonId } from '../id.ts';
import { addMinutes, nextWorkingInstant } from '../time.ts';
import type { Deps } from '../world.ts';
import { type Alert, ladder, type Ring, rung } from './alert.ts';
import { peopleOf } from './ring.ts';

export type Told = { step: number; ring: Ring; people: PersonId[] };

/** Whoever has more dangers than this waiting is not the only one told of the next. */
const mostWaiting = 3;

/**
 * The climb from `fromStep` on, as far as it must go now: an empty step is skipped at once, so that somebody is told.
 * Gives the alert as it stands after it, and whom to tell. A step on which everybody knows already is empty, but for the last ring: that repeats.
 * Over three dangers waiting with everybody on a step: the next step too (`delivery.md` 5).
 */
export async function climb(alert: Alert, fromStep: number, deps: Deps): Promise<{ alert: Alert; told: Told }> {
  const widest = ladder(alert.level, deps.settings).length - 1;
  const told = new Set<PersonId>();
  for (let step = fromStep; ; step++) {
    const { ring } = rung(alert.level, step, deps.settings);
    const people = (await peopleOf(ring, alert, deps)).map(({ id }) => id);
    const news = step >= widest ? people : people.filter((id) => isNews(id, alert));
    for (const id of news) told.add(id);
    if (step < widest && (told.size === 0 || (await areSwamped(news, alert, deps)))) continue;
    return {
      alert: after(alert, step, ring, [...told], deps),
      told: { step, ring, people: [...told] },
    };
  }
}

/** No human hears of it at this step: who raised it knows already. Then the phone alarm does not wait for its time. */
export const reachesNobody = ({ people }: Told, { raisedBy }: Alert): boolean => people.every((id) => id === raisedBy);

/** Who was told knows; so does who raised a danger or an abuse: somebody else must hear of that at once. */
const isNews = (id: PersonId, { toldIds, raisedBy, level }: Alert): boolean =>
  !toldIds.includes(id) && !(id === raisedBy && level !== 'urgent');

async function areSwamped(people: PersonId[], { level }: Alert, { store }: Deps): Promise<boolean> {
  if (level !== 'life') return false;
  for (const id of people) {
    const waiting = await store.alerts.count({ level, state: 'open', toldIds: id });
    if (waiting < mostWaiting) return false;
  }
  return true;
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
 * When the next step is due. Late steps are caught up at once, ring by ring; the widest ring counts its repeats from now, so that a long
 * stop is not followed by a storm, nor a ring reached early by a silence. "Other urgent" climbs in working hours only.
 */
function nextTime(alert: Alert, step: number, { settings, now }: Deps): Pick<Alert, 'climbFrom' | 'nextStepAt'> {
  const here = rung(alert.level, step, settings).afterMinutes;
  const next = rung(alert.level, step + 1, settings).afterMinutes;
  const isWidest = step >= ladder(alert.level, settings).length - 1;
  const climbFrom = isWidest ? addMinutes(now, -here) : alert.climbFrom;
  const at = addMinutes(climbFrom, next);
  const nextStepAt = alert.level === 'urgent' ? nextWorkingInstant(at, settings.workingHours) : at;
  return { climbFrom, nextStepAt };
}
