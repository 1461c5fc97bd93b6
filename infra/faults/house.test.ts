import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import type { Person } from '#core/people/person.ts';
import { addMinutes } from '#core/time.ts';
import { keepHouse } from '#jobs/housekeeping.ts';
import { runDue } from '#jobs/timers.ts';
import { faultsIn, watcher } from '#jobs/watch.ts';
import { databaseClock } from '../clock.ts';
import { holdLease } from '../lease.ts';
import { timeOf } from '../mongo.ts';
import { pulseOf, stoppedParts } from '../pulse.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeEach(async () => {
  u = await openUniverse();
  await u.connection.dropDatabase();
  await u.close();
  u = await openUniverse();
});
afterEach(() => u.close());

async function danger() {
  const mihai = await u.person('technician', 'Mihai Dobre');
  const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}
const lease = (holder: string, more: { ms?: number; onChange?: (isHeld: boolean) => Promise<void> } = {}) =>
  holdLease({ connection: u.connection, name: 'one', holder, ms: 400, onError: () => {}, ...more });

describe('leases: one holder in all processes, in the time of the database', () => {
  it('a second one waits, takes over when the first ends without a word, and a clean end frees it at once', async () => {
    const first = await lease('a');
    const second = await lease('b');
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
    await first.stop();
    await expect.poll(second.isHeld, { timeout: 3000 }).toBe(true);
    await second.stop();
    const third = await lease('c');
    expect(third.isHeld()).toBe(true);
    await third.stop();
  });

  it('what could not be started with it is started at the next renewal', async () => {
    let tries = 0;
    const held = await lease('a', {
      onChange: async () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
      },
    });
    await expect.poll(() => tries, { timeout: 3000 }).toBe(2);
    await held.stop();
  });
});

describe('F15 the clock of the house is the database’s', () => {
  it('a host an hour off counts the same time', async () => {
    const clock = await databaseClock(() => timeOf(u.connection));
    const real = Date.now;
    Date.now = () => real() + 3_600_000;
    expect(Math.abs(clock.wall().getTime() - real())).toBeLessThan(2000);
    Date.now = real;
    clock.stop();
  });
});

describe('F39 a part that stopped is seen by every other process', () => {
  it('by its pulse', async () => {
    await pulseOf(u.connection)('alerts');
    expect(await stoppedParts(u.connection)).toEqual([]);
    await u.connection
      .collection('pulses')
      .updateOne({ _id: 'alerts' as never }, { $set: { at: addMinutes(new Date(), -1) } });
    expect(await stoppedParts(u.connection)).toEqual(['alerts']);
  });
});

describe('F41, R8 the watch of each minute', () => {
  it('gives an alert without a next step one, now, and says so', async () => {
    const { id } = await danger();
    await u.world.store.alerts.setAside([id], { nextStepAt: null as never });
    await u.connection.collection('alerts').updateOne({ _id: id as never }, { $unset: { nextStepAt: 1 } });
    const said: string[] = [];
    await watcher(u.world, (fault) => said.push(fault))();
    expect(said).toEqual(['1 open alerts have no next step']);
    expect(await u.world.store.alerts.withoutNextStep()).toBe(0);
    await runDue({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
    expect(await faultsIn(u.world)).toEqual([]);
  });

  it('finds nothing among 20,000 closed alerts in 200 ms', async () => {
    const { id } = await danger();
    const row = await u.connection.collection('alerts').findOne({ _id: id as never });
    const many = Array.from({ length: 20_000 }, (_, number) => ({
      ...row,
      _id: `closed-${number}`,
      number: `B-${number}`,
      state: 'closed',
    }));
    await u.connection.collection('alerts').insertMany(many as never);
    await faultsIn(u.world);
    const began = performance.now();
    await u.world.store.alerts.withoutNextStep();
    await u.world.store.alerts.late(u.clock.wall());
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('F28 nobody has it', () => {
  it('a danger is told every five minutes, hour after hour', async () => {
    const ioana = await u.person('coordinator', 'Ioana Marin');
    await u.lastResort(ioana);
    const { id } = await danger();
    await u.fastForward(30);
    const before = await u.world.store.outbox.count({ subject: id, card: 'alert', method: 'send' });
    await u.fastForward(6 * 60);
    const after = await u.world.store.outbox.count({ subject: id, card: 'alert', method: 'send' });
    expect(after - before).toBe(72);
  }, 60_000);
});

describe('F30, R13 fifty at once', () => {
  it('press Preiau: one owner, everybody else is told who', async () => {
    const people: Person[] = [];
    for (let count = 0; count < 10; count++) people.push(await u.person('coordinator', `Ana ${count}`));
    await u.lastResort(...people);
    const { id } = await danger();
    const pressed = await Promise.all(
      Array.from({ length: 50 }, (_, count) => people[count % 10] as Person).map((who) =>
        u.as(who, takeAlert, { alertId: id }).catch(() => undefined),
      ),
    );
    const { ownerId } = await u.world.store.alerts.must(id);
    const refused = pressed.filter((one) => one?.is === 'refused');
    expect(ownerId).toBeDefined();
    expect(refused.length).toBeGreaterThanOrEqual(40);
    const taken = (await u.world.store.journal.about(id)).filter(({ type }) => type === 'alert.taken');
    expect(taken).toHaveLength(1);
  }, 60_000);
});

describe('housekeeping decides nothing', () => {
  it('keys of the mailbox live six days, what waits or is parked stays', async () => {
    const item = {
      version: 0,
      channel: 'telegram' as const,
      lane: 'telegram:1',
      order: 1,
      receivedAt: u.clock.wall(),
      attempts: 0,
      dueAt: u.clock.wall(),
    };
    await u.world.store.mailbox.insertMany([
      { ...item, id: 'done', state: 'done' },
      { ...item, id: 'waiting', state: 'waiting' },
      { ...item, id: 'parked', state: 'parked' },
    ]);
    u.clock.forward(5.9 * 24 * 60);
    await keepHouse(u.world);
    expect(await u.world.store.mailbox.count({})).toBe(3);
    u.clock.forward(0.2 * 24 * 60);
    await keepHouse(u.world);
    expect((await u.world.store.mailbox.find({})).map(({ id }) => id).sort()).toEqual(['parked', 'waiting']);
  });
});
