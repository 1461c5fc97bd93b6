import type { DomainEvent } from '../events.ts';
import type { Deps } from '../world.ts';
import { type Alert, phoneAlarmAt } from './alert.ts';
import { reachesNobody, type Told } from './climb.ts';

/** The outside phone alarm of a step: from its minute on with each step, and at once while no human can be reached (`delivery.md` 5). */
export function phoneAlarm(alert: Alert, told: Told, deps: Deps): DomainEvent[] {
  if (!isDue(alert, deps) && !reachesNobody(told, alert)) return [];
  const { id, caseId, level } = alert;
  return [{ type: 'alert.phone-alarm', about: { kind: 'alert', id }, caseId, alertId: id, level }];
}

function isDue(alert: Alert, { now, settings }: Deps): boolean {
  const at = phoneAlarmAt(alert, settings);
  return at !== undefined && now >= at;
}
