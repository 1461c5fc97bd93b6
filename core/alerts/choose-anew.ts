import { z } from 'zod';
import { AlertId, PersonId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { type Alert, ladder, type Ring } from './alert.ts';
import { climb } from './climb.ts';
import { aboutAlert, toldEvent } from './open-alert.ts';
import { phoneAlarm } from './phone-alarm.ts';

/**
 * Somebody was chosen for a step and does not belong to it any more: the roster changed, or an absence began, before the message left.
 * They were not told; the step chooses again, now, and an empty one goes on to the next (`delivery.md` 4 and 5).
 */
export const chooseAnew = defineUseCase({
  name: 'choose-anew',
  input: z.object({ alertId: AlertId, personId: PersonId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, personId }, deps): Promise<Done<Alert>> {
    const alert = await deps.store.alerts.must(alertId);
    const chosen = alert.told.findLast((one) => one.personId === personId);
    if (alert.state !== 'open' || !chosen) return unchanged(alert);
    const passedOver = {
      type: 'alert.passed-over' as const,
      ...aboutAlert(alert),
      alertId,
      personId,
      ring: chosen.ring,
    };
    const { alert: climbed, told } = await climb(untold(alert, chosen), stepOf(chosen.ring, alert, deps), deps);
    const isFurther = told.step > alert.step;
    const saved = await deps.store.alerts.save(isFurther ? climbed : { ...climbed, ...whereItStands(alert) });
    return {
      events: [passedOver, toldEvent(alert, told), ...(isFurther ? phoneAlarm(alert, told, deps) : [])],
      result: saved,
    };
  },
});

/** The alert as if this person had not been chosen; what they were told before stays. */
function untold(alert: Alert, chosen: Alert['told'][number]): Alert {
  const told = alert.told.filter((one) => one !== chosen);
  const isTold = told.some(({ personId }) => personId === chosen.personId);
  const toldIds = isTold ? alert.toldIds : alert.toldIds.filter((id) => id !== chosen.personId);
  return { ...alert, told, toldIds };
}

function stepOf(ring: Ring, { level, step }: Alert, { settings }: Deps): number {
  const at = ladder(level, settings).findIndex((rung) => rung.ring === ring);
  return at < 0 ? step : at;
}

/** The climb went on meanwhile: its next step keeps its time. */
const whereItStands = ({ step, ring, climbFrom, nextStepAt }: Alert) => ({ step, ring, climbFrom, nextStepAt });
