import type { PersonId } from '../id.ts';
import { addMinutes } from '../time.ts';
import type { Done } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { type Alert, rung } from './alert.ts';
import { climb } from './climb.ts';
import { aboutAlert, toldEvent } from './open-alert.ts';
import { phoneAlarm } from './phone-alarm.ts';

/** Nobody has the alert any more: the climb goes on at once from the widest ring reached (`delivery.md` 5).
 * Who hands it back has said no: then the first of the others is told. */
export async function release(
  alert: Alert,
  { isHandedBack }: { isHandedBack: boolean },
  deps: Deps,
): Promise<Done<Alert>> {
  const { ownerId, takenAt: _t, handOverTo: _h, ...free } = alert;
  const climbFrom = addMinutes(deps.now, -rung(alert.level, alert.step, deps.settings).afterMinutes);
  const open: Alert = { ...free, state: 'open', climbFrom, toldIds: isHandedBack && ownerId ? [ownerId] : [] };
  const { alert: climbed, told } = await climb(open, alert.step, deps);
  const saved = await deps.store.alerts.save({
    ...climbed,
    toldIds: [...new Set([...alert.toldIds, ...climbed.toldIds])],
  });
  const everyone = { ...told, people: told.people.length > 0 ? told.people : alert.toldIds };
  return {
    events: [
      { type: 'alert.released', ...aboutAlert(alert), alertId: alert.id, from: ownerId as PersonId, isHandedBack },
      toldEvent(alert, everyone),
      ...phoneAlarm(alert, told, deps),
    ],
    result: saved,
  };
}
