import type { PersonId } from '../id.ts';
import { addMinutes, minutesBetween, nextWorkingInstant } from '../time.ts';
import type { Deps } from '../world.ts';
import { type Alert, ladder, phoneAlarmAt, type Ring, rung } from './alert.ts';
import { peopleOf } from './ring.ts';

/** How far a climb went, and who is told by it. */
export type Told = { step: number; ring: Ring; people: PersonId[] };

/**
 * The climb from `fromStep` on, as far as it must go now: an empty step is skipped at once, so that somebody is told.
 * Gives the alert as it stands after it, and whom to tell. A step on which everybody knows already is empty, but for the last ring: that repeats.
 * Over three dangers waiting with everybody on a step: the next step too (`delivery.md` 5).
 */
export async function climb(alert: Alert, fromStep: number, deps: Deps): Promise<{ alert: Alert; told: Told }> {
  const widest = ladder(alert.level, deps.settings).length - 1;
  const told = new Map<PersonId, Ring>();
  for (let step = fromStep; ; step++) {
    const { ring } = rung(alert.level, step, deps.settings);
    const people = (await peopleOf(ring, alert, deps)).map(({ id }) => id);
    const news = step >= widest ? people : people.filter((id) => isNews(id, alert));
    for (const id of news) if (!told.has(id)) told.set(id, ring);
    if (step < widest && (told.size === 0 || (await areSwamped(news, alert, deps)))) continue;
    return {
      alert: after(alert, step, ring, told, deps),
      told: { step, ring, people: [...told.keys()] },
    };
  }
}

/** No human hears of it at this step: who raised it knows already. Then the phone alarm does not wait for its time. */
export const reachesNobody = ({ people }: Told, { raisedBy }: Alert): boolean => people.every((id) => id === raisedBy);

/** Who was told knows; so does who raised a danger or an abuse: somebody else must hear of that at once. */
const isNews = (id: PersonId, { toldIds, raisedBy, level }: Alert): boolean =>
  !toldIds.includes(id) && !(id === raisedBy && level !== 'urgent');

async function areSwamped(people: PersonId[], { level }: Alert, { store, settings }: Deps): Promise<boolean> {
  if (level !== 'life') return false;
  for (const id of people) {
    const waiting = await store.alerts.count({ level, state: 'open', toldIds: id });
    if (waiting < settings.escalation.mostWaiting) return false;
  }
  return true;
}

/** Each is noted with the ring they were chosen from: before the message leaves it is asked whether they still belong to it. */
function after(alert: Alert, step: number, ring: Ring, told: ReadonlyMap<PersonId, Ring>, deps: Deps): Alert {
  const now = [...told].map(([personId, from]) => ({ personId, at: deps.now, ring: from }));
  return {
    ...alert,
    step,
    ring,
    toldIds: [...new Set([...alert.toldIds, ...told.keys()])],
    told: [...alert.told, ...now].slice(-mostTold),
    ...nextTime(alert, step, deps),
  };
}

/** An alert is one document: of a climb of days, who was told lately is enough to ask whether they are still needed. */
const mostTold = 60;

/**
 * When the next step is due. Late steps are caught up at once, ring by ring; the widest ring counts its repeats from now, so that a long
 * stop is not followed by a storm, nor a ring reached early by a silence. The minute of the phone alarm is a step, whatever came between.
 */
function nextTime(alert: Alert, step: number, deps: Deps): Pick<Alert, 'climbFrom' | 'nextStepAt'> {
  const { settings, now } = deps;
  const here = rung(alert.level, step, settings).afterMinutes;
  const next = rung(alert.level, step + 1, settings).afterMinutes;
  const isWidest = step >= ladder(alert.level, settings).length - 1;
  const climbFrom = isWidest ? addMinutes(now, -here) : alert.climbFrom;
  const at = addMinutes(climbFrom, next);
  if (alert.level === 'urgent') return inWorkingHours(at, climbFrom, deps);
  const alarmAt = phoneAlarmAt(alert, settings);
  return { climbFrom, nextStepAt: alarmAt && now < alarmAt && alarmAt < at ? alarmAt : at };
}

/** "Other urgent" climbs in working hours only: what they put off moves the rest of the ladder along, or the morning would ring everybody at once. */
function inWorkingHours(at: Date, climbFrom: Date, { settings }: Deps): Pick<Alert, 'climbFrom' | 'nextStepAt'> {
  const hours = { ...settings.workingHours, closedDays: settings.closedDays };
  const nextStepAt = nextWorkingInstant(at, hours);
  return { climbFrom: addMinutes(climbFrom, minutesBetween(at, nextStepAt)), nextStepAt };
}
