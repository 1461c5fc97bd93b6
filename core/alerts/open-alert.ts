import type { DomainEvent } from '../events.ts';
import type { AlertId, CaseId, FileId, PersonId } from '../id.ts';
import type { Level } from '../settings.ts';
import { addMinutes } from '../time.ts';
import type { Actor, Done } from '../use-case.ts';
import type { Deps } from '../world.ts';
import type { Alert } from './alert.ts';
import { climb, type Told } from './climb.ts';
import { phoneAlarm } from './phone-alarm.ts';

export type NewAlert = {
  level: Level;
  origin: Alert['origin'];
  caseId?: CaseId | undefined;
  personId?: PersonId | undefined;
  coordinatorId?: PersonId | undefined;
  placeCode: string;
  strangerAccount?: Alert['strangerAccount'];
  observed: { words: string; files: FileId[] };
};

/** Opens an alert and does its first step in the same transaction: somebody is told from the first second. */
export async function openAlert(fresh: NewAlert, deps: Deps & { actor: Actor }): Promise<Done<Alert>> {
  const { store, now, newId, actor } = deps;
  const { observed, ...rest } = fresh;
  const blank: Alert = {
    ...rest,
    id: newId<AlertId>(),
    version: 0,
    number: `A-${await store.counters.next('alert')}`,
    ...(actor.id ? { raisedBy: actor.id } : {}),
    raisedAt: now,
    observed: [{ ...(actor.id ? { by: actor.id } : {}), at: now, ...observed }],
    state: 'open',
    steps: [],
    step: 0,
    ring: 'coordinator',
    climbFrom: now,
    nextStepAt: addMinutes(now, 1),
    toldIds: [],
    told: [],
    hasPhoneAlarm: false,
  };
  const { alert, told } = await climb(blank, 0, deps);
  await store.alerts.insert(alert);
  return {
    events: [
      { type: 'alert.raised', ...aboutAlert(alert), alertId: alert.id, level: alert.level, origin: alert.origin },
      toldEvent(alert, told),
      ...phoneAlarm(alert, told, deps),
    ],
    result: alert,
  };
}

/** Adds words to an alert that is open; whoever has it, or was told, hears of it again. */
export async function addTo(
  alert: Alert,
  observed: NewAlert['observed'],
  { store, now, actor }: Deps & { actor: Actor },
): Promise<Done<Alert>> {
  const saved = await store.alerts.save({
    ...alert,
    observed: [...alert.observed, { ...(actor.id ? { by: actor.id } : {}), at: now, ...observed }],
  });
  return { events: [{ type: 'alert.repeated', ...aboutAlert(alert), alertId: alert.id }], result: saved };
}

/** What every event of an alert carries. */
export const aboutAlert = (alert: Alert) => ({
  about: { kind: 'alert', id: alert.id as string },
  caseId: alert.caseId as string | undefined,
});

/** Whom a step of the climb tells. */
export const toldEvent = (alert: Alert, { step, ring, people }: Told): DomainEvent => ({
  type: 'alert.told',
  ...aboutAlert(alert),
  alertId: alert.id,
  step,
  ring,
  people,
});
