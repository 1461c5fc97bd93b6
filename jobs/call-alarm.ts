import type { Timer } from '#core/delivery/timer.ts';
import type { World } from '#core/world.ts';

/** Calls the outside phone alarm (`ALARM_URL`) with level and number, nothing else. Throws when it did not answer, so that it is tried again. */
export async function callAlarm(world: World, alarmUrl: string | undefined, timer: Timer): Promise<void> {
  const alert = await world.store.alerts.get(timer.subject);
  if (alert?.state !== 'open' || !alarmUrl) return;
  const answer = await fetch(alarmUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ level: alert.level, number: alert.number }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`the alarm answered ${answer.status}`);
  if (!alert.hasPhoneAlarm) await world.store.alerts.change(alert.id, {}, { hasPhoneAlarm: true });
}
