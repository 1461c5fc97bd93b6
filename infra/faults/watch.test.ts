import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { addMinutes } from '#core/time.ts';
import { climbDue, runDue, type TimerWork } from '#jobs/timers.ts';
import { faultsIn, watcher } from '#jobs/watch.ts';
import { pulseOf, stoppedParts } from '../pulse.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeEach(async () => {
  u = await openFreshUniverse();
});
afterEach(() => u.close());

const work = (): TimerWork => ({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
async function danger() {
  const mihai = await u.person('technician', 'Mihai Dobre');
  const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}

describe('the watch of each minute [delivery 5]', () => {
  it('gives an alert without a next step one, now, and says so (R8)', async () => {
    const { id } = await danger();
    await u.connection.collection('alerts').updateOne({ _id: id as never }, { $unset: { nextStepAt: 1 } });
    const said: string[] = [];
    await watcher(u.world, (fault) => said.push(fault)).look();
    expect(said).toEqual(['1 open alerts have no next step']);
    expect(await u.world.store.alerts.withoutNextStep()).toBe(0);
    await runDue(work());
    expect(await faultsIn(u.world)).toEqual([]);
  });

  it('finds nothing among 20,000 closed alerts in 200 ms, each of its questions by an index (F41)', async () => {
    const { id } = await danger();
    const row = await u.connection.collection('alerts').findOne({ _id: id as never });
    const closed = Array.from({ length: 20_000 }, (_, number) => ({
      ...row,
      _id: `closed-${number}`,
      number: `B-${number}`,
      state: 'closed',
    }));
    await u.connection.collection('alerts').insertMany(closed as never);
    await faultsIn(u.world);
    const began = performance.now();
    expect(await faultsIn(u.world)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('is late or slow: that is a fault of its own', async () => {
    const said: string[] = [];
    const slow = watcher(u.world, (fault) => said.push(fault), { tookMs: 0, apartMs: 90_000 });
    await slow.look();
    expect(said).toEqual([expect.stringMatching(/^the watch of each minute took /)]);
    const late = watcher(u.world, (fault) => said.push(fault), { tookMs: 90_000, apartMs: 0 });
    await expect.poll(() => late.faults()).toEqual([expect.stringMatching(/^the watch of each minute is .* old/)]);
    await late.look();
    expect(said.at(-1)).toMatch(/^the watch of each minute is /);
  });

  it('says when words of people wait, and when the phone alarm fails again and again', async () => {
    const { id } = await danger();
    const alarm = {
      version: 0,
      kind: 'call-alarm' as const,
      subject: id,
      setAt: u.clock.wall(),
      dueAt: u.clock.wall(),
    };
    await u.world.store.timers.insert({ ...alarm, id: 'alarm', state: 'waiting', attempts: 3 });
    await u.world.store.mailbox.insert({
      id: 'tg:1:1',
      version: 0,
      channel: 'telegram',
      lane: 'telegram:1',
      order: 1,
      receivedAt: addMinutes(u.clock.wall(), -2),
      state: 'waiting',
      attempts: 3,
      // It was tried and put off again: it has waited all the same.
      dueAt: addMinutes(u.clock.wall(), 1),
    });
    expect(await faultsIn(u.world)).toEqual([
      '1 words of people have waited for more than a minute',
      '1 calls of the phone alarm fail again and again',
    ]);
  });

  it('sees a step that is a minute late (R7)', async () => {
    await danger();
    u.clock.forward(6.1);
    expect(await faultsIn(u.world)).toContain('1 steps of alerts are more than a minute late');
  });
});

describe('a part that stopped is seen by every other process (F39)', () => {
  it('by its pulse; the watch by its own, slower one', async () => {
    const pulse = pulseOf(u.connection);
    await pulse('alerts');
    await pulse('watch');
    expect(await stoppedParts(u.connection)).toEqual([]);
    const backTo = (seconds: number) =>
      u.connection.collection('pulses').updateMany({}, { $set: { at: new Date(Date.now() - seconds * 1000) } });
    await backTo(60);
    expect(await stoppedParts(u.connection)).toEqual(['alerts']);
    await backTo(170);
    expect(await stoppedParts(u.connection)).toEqual(['alerts', 'watch']);
  });
});

describe('a host whose clock is off takes no timers [delivery 6]', () => {
  it('and says so; within two seconds it works', async () => {
    const { id, step } = await danger();
    u.clock.forward(5);
    const off = { ms: -2100 };
    const world = { ...u.world, clock: { ...u.clock, hostOffMs: () => off.ms } };
    expect(await climbDue({ ...work(), world })).toBe(0);
    expect((await u.world.store.alerts.must(id)).step).toBe(step);
    expect(await faultsIn(world)).toContain('the clock of this host is -2 s off the database: it takes no timers');
    off.ms = 1900;
    expect(await climbDue({ ...work(), world })).toBe(1);
  });
});
