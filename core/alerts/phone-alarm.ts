import type { DomainEvent } from '../events.ts';
import { minutesBetween } from '../time.ts';
import type { Deps } from '../world.ts';
import type { Alert } from './alert.ts';
import { reachesNobody, type Told } from './climb.ts';
import { aboutAlert } from './open-alert.ts';

/** The outside phone alarm of a step: from its minute on with each step, and at once while no human can be reached (`delivery.md` 5). */
export function phoneAlarm(alert: Alert, told: Told, deps: Deps): DomainEvent[] {
  if (!isDue(alert, deps) && !reachesNobody(told, alert)) return [];
  return [{ type: 'alert.phone-alarm', ...aboutAlert(alert), alertId: alert.id, level: alert.level }];
}

function isDue({ level, raisedAt }: Alert, { now, settings }: Deps): boolean {
  const after = settings.escalation[level].phoneAlarmMinutes;
  return after !== null && minutesBetween(raisedAt, now) >= after;
}
