import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Alert } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { AlertId } from '#core/id.ts';
import type { World } from '#core/world.ts';
import { sweep } from '#jobs/sweep.ts';
import { climbDue } from '#jobs/timers.ts';
import { realClock } from '../clock.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse(new Date());
});
afterAll(() => u.close());

const steps = 500;
const spreadMs = 60_000;

/** 500 dangers whose next step falls due one after the other, from two seconds on. */
async function waitingDangers(): Promise<Map<string, number>> {
  const andrei = await u.person('coordinator', 'Andrei Stan');
  const ioana = await u.person('coordinator', 'Ioana Marin');
  const mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  await u.onDuty(andrei);
  await u.lastResort(ioana, andrei);
  const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  const begins = Date.now() + 2000;
  const alerts = Array.from(
    { length: steps },
    (_, count): Alert => ({
      ...raised.result,
      id: u.world.newId<AlertId>(),
      version: 0,
      number: `B-${count}`,
      nextStepAt: new Date(begins + (count * spreadMs) / steps),
    }),
  );
  await u.world.store.alerts.insertMany(alerts);
  return new Map(alerts.map(({ id, nextStepAt }) => [id as string, (nextStepAt as Date).getTime()]));
}

it('500 steps of alerts, by the sweep alone: 99 % come within 2 s of their time, none later than 30 s (R7)', async () => {
  const due = await waitingDangers();
  const doneAt = new Map<string, number>();
  const world: World = {
    ...u.world,
    clock: realClock(),
    wake: ({ outbox = [] }) => {
      for (const { id } of outbox) doneAt.set(id, Date.now());
    },
  };
  const failed: unknown[] = [];
  const work = { world, onDue: {}, outside: {}, onError: (_id: string, error: unknown) => void failed.push(error) };
  const sweeping = sweep(
    () => climbDue(work),
    500,
    (error) => failed.push(error),
  );
  await expect
    .poll(() => u.world.store.alerts.count({ state: 'open', step: 0, _id: { $in: [...due.keys()] } }), {
      timeout: 120_000,
      interval: 500,
    })
    .toBe(0);
  await sweeping.stop();

  const rows = await u.world.store.outbox.find({ _id: { $in: [...doneAt.keys()] } });
  const told = new Map<string, number>();
  for (const { id, subject = '' } of rows)
    told.set(
      subject,
      Math.min(told.get(subject) ?? Number.POSITIVE_INFINITY, doneAt.get(id) ?? Number.POSITIVE_INFINITY),
    );
  const late = [...due].map(([id, at]) => (told.get(id) ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b);
  expect(failed).toEqual([]);
  expect(late).toHaveLength(steps);
  expect(late[Math.floor(steps * 0.99) - 1]).toBeLessThanOrEqual(2000);
  expect(late.at(-1)).toBeLessThanOrEqual(30_000);
}, 150_000);
