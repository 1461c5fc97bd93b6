import { z } from 'zod';
import { AlertId, type PersonId } from '../id.ts';
import { addMinutes } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import type { Alert } from './alert.ts';
import { climb } from './climb.ts';
import { aboutAlert, toldEvent } from './open-alert.ts';
import { phoneAlarm } from './phone-alarm.ts';
import { release } from './release-alert.ts';

/** What a due `nextStepAt` does: an untaken alert climbs, a taken one asks its owner, one asked in vain is released. [GUIDE] */
export const escalateAlert = defineUseCase({
  name: 'escalate-alert',
  input: z.object({ alertId: AlertId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId }, deps): Promise<Done<Alert>> {
    const alert = await deps.store.alerts.must(alertId);
    if (alert.state === 'closed' || !alert.nextStepAt || alert.nextStepAt > deps.now) return unchanged(alert);
    if (alert.state === 'taken' && alert.ownerId) return askOwner(alert, alert.ownerId, deps);
    if (alert.state === 'asked') return release(alert, { isHandedBack: false }, deps);
    return climbOn(alert, deps);
  },
});

async function askOwner(alert: Alert, owner: PersonId, { store, now, settings }: Deps): Promise<Done<Alert>> {
  const asked = await store.alerts.save({
    ...alert,
    state: 'asked',
    nextStepAt: addMinutes(now, settings.escalation.answerMinutes),
  });
  return {
    events: [{ type: 'alert.asked', ...aboutAlert(alert), alertId: alert.id, owner }],
    result: asked,
  };
}

async function climbOn(alert: Alert, deps: Deps): Promise<Done<Alert>> {
  const { alert: climbed, told } = await climb(alert, alert.step + 1, deps);
  const saved = await deps.store.alerts.save(climbed);
  return { events: [toldEvent(alert, told), ...phoneAlarm(alert, told, deps)], result: saved };
}
