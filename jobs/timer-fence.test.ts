import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ladder } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { Timer } from '#core/delivery/timer.ts';
import type { Person } from '#core/people/person.ts';
import { defaults } from '#core/settings.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { climbDue, fireDue, runDue, type TimerWork } from './timers.ts';

let u: Universe;
let mihai: Person;
beforeAll(async () => {
  u = await openUniverse();
  const ioana = await u.person('coordinator', 'Ioana Marin');
  const andrei = await u.person('coordinator', 'Andrei Stan');
  const carmen = await u.person('supervisor', 'Carmen Vlad');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  await u.onDuty(andrei, 24 * 365);
  await u.lastResort(carmen, andrei);
});
afterAll(() => u.close());

/** What happens next: minutes pass, an engine works, both at once, or one wakes late with what it saw before. */
const happening = fc.oneof(
  fc.record({ is: fc.constant('pass' as const), minutes: fc.double({ min: 0.01, max: 40, noNaN: true }) }),
  fc.record({ is: fc.constantFrom('first' as const, 'second' as const, 'both' as const) }),
  fc.record({ is: fc.constant('late' as const), minutes: fc.double({ min: 0, max: 10, noNaN: true }) }),
);

/** An engine of another process on the same database. */
const engine = (fired: string[], more: Partial<World['store']> = {}): TimerWork => ({
  world: { ...u.world, store: { ...u.world.store, ...more } },
  onDue: { 'warn-duty-gap': async (_step, { id }) => void fired.push(id) },
  outside: {},
  onError: (_id, error) => {
    throw error;
  },
});

/** One that read what is due, and works on it only after these minutes. */
async function late(minutes: number, fired: string[]): Promise<void> {
  const { alerts, timers } = u.world.store;
  const [seenAlerts, seenTimers] = [await alerts.due(u.clock.wall()), await timers.due(u.clock.wall())];
  u.clock.forward(minutes);
  await runDue(engine(fired));
  const stale = {
    alerts: { ...alerts, due: async () => seenAlerts },
    timers: { ...timers, due: async () => seenTimers },
  };
  await runDue(engine(fired, stale));
}

it('two engines in any order, late wakes, moved clocks: each step and each timer at most once, none left out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (happenings) => {
      const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
      if (raised.is !== 'done') throw new Error('refused');
      const fired: string[] = [];
      const timer: Timer = {
        id: `gap-${raised.result.id}`,
        version: 0,
        kind: 'warn-duty-gap',
        subject: raised.result.id,
        dueAt: addMinutes(u.clock.wall(), 7),
        state: 'waiting',
        attempts: 0,
        setAt: u.clock.wall(),
      };
      await u.world.store.timers.insert(timer);
      for (const one of happenings) {
        if (one.is === 'pass') u.clock.forward(one.minutes);
        else if (one.is === 'late') await late(one.minutes, fired);
        else if (one.is === 'both') await Promise.all([runDue(engine(fired)), runDue(engine(fired))]);
        else await runDue(engine(fired));
      }
      u.clock.forward(31);
      for (let due = 1; due > 0; ) due = (await climbDue(engine(fired))) + (await fireDue(engine(fired)));

      const told = (await u.world.store.journal.about(raised.result.id)).filter(({ type }) => type === 'alert.told');
      const steps = told.map(({ fields }) => (fields as { step: number }).step);
      expect(steps).toEqual(steps.map((_, count) => count));
      expect(steps.length).toBeGreaterThanOrEqual(ladder('life', defaults).length);
      expect(fired.filter((id) => id === timer.id)).toHaveLength(1);
      const { nextStepAt } = await u.world.store.alerts.must(raised.result.id);
      expect(nextStepAt?.getTime()).toBeGreaterThan(u.clock.wall().getTime());
      await u.world.store.alerts.setAside([raised.result.id], { state: 'closed' });
    }),
    { numRuns: 15 },
  );
}, 120_000);
