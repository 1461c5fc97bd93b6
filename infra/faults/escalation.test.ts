import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Alert, ladder, type Ring, rings } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import type { Person } from '#core/people/person.ts';
import { defaults, type Level } from '#core/settings.ts';
import { addMinutes, minutesBetween } from '#core/time.ts';
import { teamOf } from '../test/team.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

const levels: Level[] = ['life', 'abuse', 'urgent'];
let u: Universe;
let mihai: Person;
let ioana: Person;
let andrei: Person;
let carmen: Person;
let bogdan: Person;

beforeEach(async () => {
  u = await openFreshUniverse();
  ({ carmen, ioana, andrei, mihai } = await teamOf(u));
  bogdan = await u.person('coordinator', 'Bogdan Ilie');
});
afterEach(async () => {
  expect(await u.world.store.alerts.withoutNextStep()).toBe(0);
  await u.close();
});

const observed = { words: 'Nu răspunde nimeni.', files: [] };
async function raise(level: Level): Promise<Alert> {
  const raised = await u.as(mihai, raiseAlert, { level, observed });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}
const now = ({ id }: Alert) => u.world.store.alerts.must(id);
async function everybodyThere(): Promise<void> {
  await u.onDuty(andrei, 24 * 30);
  await u.lastResort(carmen, bogdan);
}
const cannotBeReached = async ({ id }: Person) => {
  const person = await u.world.store.people.must(id);
  const accounts = person.accounts.map((account) => ({ ...account, isDead: true }));
  await u.world.store.people.save({ ...person, accounts });
};
/** Minutes after raising at which somebody was told, from the journal. */
async function toldAt(alert: Alert): Promise<number[]> {
  const lines = await u.world.store.journal.about(alert.id);
  return lines.filter(({ type }) => type === 'alert.told').map(({ at }) => minutesBetween(alert.raisedAt, at));
}
const alarms = async ({ id }: Alert) =>
  (await u.world.store.timers.find({ kind: 'call-alarm', subject: id })).map(({ setAt }) => setAt);

/** Leaves one ring without anybody who can be reached. */
const empty: Record<Ring, () => Promise<void>> = {
  coordinator: () => cannotBeReached(ioana),
  duty: async () => void (await u.world.store.duty.remove({ personId: andrei.id })),
  supervisor: () => cannotBeReached(carmen),
  all: async () => u.lastResort(),
};

describe('nobody on a step: the next is told at once (F27)', () => {
  for (const level of levels)
    for (const { ring, afterMinutes } of ladder(level, defaults))
      it(`${level}: nobody on the step "${ring}", somebody wider is told within a minute of its time (F27)`, async () => {
        await everybodyThere();
        await empty[ring]();
        const alert = await raise(level);
        await u.fastForward(afterMinutes);
        const { told } = await now(alert);
        const inTime = told.filter(({ at }) => minutesBetween(alert.raisedAt, at) <= afterMinutes + 1);
        const isWide = (one: Ring) => rings.indexOf(one) > rings.indexOf(ring) || one === 'all';
        expect(inTime.map((one) => one.ring).some(isWide)).toBe(true);
        expect(told[0]?.at).toEqual(alert.raisedAt);
      });
});

describe('nobody acknowledges: it never ends (F28)', () => {
  const day = 24 * 60;
  const every = (from: number, minutes: number) =>
    Array.from({ length: Math.floor((day - from) / minutes) + 1 }, (_, count) => from + count * minutes);

  it('24 hours of a danger: each 5 minutes, and the phone alarm with each of them (F28)', async () => {
    await everybodyThere();
    const alert = await raise('life');
    await u.fastForward(day);
    expect(await toldAt(alert)).toEqual([0, 5, 15, ...every(30, 5)]);
    expect(await alarms(alert)).toHaveLength(every(30, 5).length);
  }, 120_000);

  it('24 hours of an abuse: each 15 minutes, and the phone alarm from minute 90 on (F28)', async () => {
    await everybodyThere();
    const alert = await raise('abuse');
    await u.fastForward(day);
    expect(await toldAt(alert)).toEqual([0, 15, ...every(45, 15)]);
    expect(await alarms(alert)).toHaveLength(every(90, 15).length);
  }, 120_000);

  it('24 hours of "other urgent": each working hour, in the night nobody (F28)', async () => {
    await everybodyThere();
    const alert = await raise('urgent');
    await u.fastForward(day);
    const hours = [0, 1, 2, 3, 4, 5, 6, 7, 24];
    expect(await toldAt(alert)).toEqual(hours.map((hour) => hour * 60));
    expect(await alarms(alert)).toEqual([]);
    expect((await now(alert)).nextStepAt).toEqual(addMinutes(alert.raisedAt, 25 * 60));
  });

  it('"other urgent" of a Friday night: the coordinator at once, duty at eight of the next working day (two holidays away), the supervisor at nine', async () => {
    await everybodyThere();
    await u.fastForward(4 * day + 14 * 60);
    const alert = await raise('urgent');
    await u.fastForward(5 * day);
    const night = 4 * day + 10 * 60;
    expect((await toldAt(alert)).slice(0, 4)).toEqual([0, night, night + 60, night + 120]);
  });
});

describe('acknowledged and forgotten (F29)', () => {
  const forgotten = defaults.escalation.forgottenMinutes;
  for (const level of levels)
    for (const [step, { ring, afterMinutes }] of ladder(level, defaults).entries())
      it(`${level}, taken on the step "${ring}": asked after ${forgotten[level]} minutes, free 10 later, from there the climb goes on (F29)`, async () => {
        await everybodyThere();
        const alert = await raise(level);
        await u.fastForward(afterMinutes);
        await u.as(bogdan, takeAlert, { alertId: alert.id });
        await u.fastForward(forgotten[level] - 0.1);
        expect((await now(alert)).state).toBe('taken');
        await u.fastForward(0.1);
        expect((await now(alert)).state).toBe('asked');
        await u.fastForward(10);
        const free = await now(alert);
        expect([free.state, free.step]).toEqual(['open', step]);
        const again = free.told.filter(({ at }) => at.getTime() === u.clock.wall().getTime());
        expect(again.map((one) => one.ring)).toContain(ring);
        const rungs = ladder(level, defaults);
        const gap =
          (rungs[step + 1]?.afterMinutes ?? afterMinutes + defaults.escalation[level].repeatMinutes) - afterMinutes;
        expect(minutesBetween(u.clock.wall(), free.nextStepAt as Date)).toBeLessThanOrEqual(gap);
      });
});

describe('200 abuse cases (R6)', () => {
  it('each rings everybody at 45 minutes; at 90 a human has it or the phone alarm is called (R6)', async () => {
    await everybodyThere();
    const alerts: Alert[] = [];
    for (let count = 0; count < 200; count++) alerts.push(await raise('abuse'));
    await u.fastForward(45);
    for (const alert of alerts) {
      const { told } = await now(alert);
      expect(told.some((one) => one.ring === 'all' && minutesBetween(alert.raisedAt, one.at) <= 45)).toBe(true);
    }
    for (let taken = 0; taken < 40; taken++) {
      if (taken % 10 === 0) await u.fastForward(3);
      const alertId = (alerts[taken * 5] as Alert).id;
      await u.as([bogdan, andrei, ioana][taken % 3] as Person, takeAlert, { alertId });
    }
    const [first] = alerts as [Alert];
    await u.fastForward(90 - minutesBetween(first.raisedAt, u.clock.wall()));
    for (const alert of alerts) {
      const { ownerId } = await now(alert);
      const called = (await alarms(alert)).map((at) => minutesBetween(alert.raisedAt, at));
      expect(ownerId !== undefined || called.includes(90)).toBe(true);
    }
  }, 240_000);
});
