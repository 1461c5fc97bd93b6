import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepHouse } from '#jobs/housekeeping.ts';
import { databaseClock } from '../clock.ts';
import { holdLease } from '../lease.ts';
import { timeOf } from '../mongo.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeEach(async () => {
  u = await openFreshUniverse();
});
afterEach(() => u.close());

const lease = (holder: string, more: { ms?: number; onChange?: (isOurs: boolean) => Promise<void> } = {}) =>
  holdLease({ connection: u.connection, name: 'one', holder, ms: 400, onError: () => {}, ...more });

describe('leases: one holder in all processes, in the time of the database', () => {
  it('a second one waits, takes over when the first ends without a word, and a clean end frees it at once', async () => {
    const first = await lease('a');
    const second = await lease('b');
    expect([first.isOurs(), second.isOurs()]).toEqual([true, false]);
    await first.stop();
    await expect.poll(second.isOurs, { timeout: 3000 }).toBe(true);
    await second.stop();
    const third = await lease('c');
    expect(third.isOurs()).toBe(true);
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

describe('F15 an answer of the database that was long on its way', () => {
  it('moves no clock: a database that is slow for a moment stops no timers', async () => {
    let delayMs = 0;
    const clock = await databaseClock(
      async () => {
        const at = new Date();
        await sleep(delayMs);
        return at;
      },
      { everyMs: 20, mostMs: 100 },
    );
    delayMs = 1000;
    await sleep(1500);
    expect(Math.abs(clock.wall().getTime() - Date.now())).toBeLessThan(150);
    clock.stop();
  });
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
