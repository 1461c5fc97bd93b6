import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgeTest } from '#core/duty/judge-test.ts';
import { ringTest } from '#core/duty/ring-test.ts';
import { setAbsence } from '#core/duty/set-absence.ts';
import { setDuty } from '#core/duty/set-duty.ts';
import { nextTestRing, silentNow } from '#core/duty/test-ring.ts';
import type { DutyId } from '#core/id.ts';
import { addMinutes, fromLocal, isWorkingDay, toLocal } from '#core/time.ts';
import type { MovableClock } from '../clock.ts';
import { makeLog } from '../log.ts';
import { openHouse } from '../start-house.ts';
import { openRoster, type Roster } from '../test/roster.ts';
import { openUniverse } from '../test/universe.ts';

describe('an outage over the weekly test of the line [delivery 8]', () => {
  let office: Roster['office'];
  let until: Roster['until'];
  beforeEach(async () => {
    const roster = await openRoster(28);
    ({ office, until } = roster);
    await until(addMinutes(await nextRing(), -5));
    roster.forget();
  }, 60_000);
  afterEach(() => office.stop());

  const nextRing = async () => nextTestRing(office.world.clock.wall(), await office.world.settings());
  const silent = 'Fără răspuns: ';
  /** What stands on the supervisor's home, once the chats take again what they refused: a gate opens in real seconds. */
  const home = () =>
    expect.poll(
      async () => {
        await office.settle();
        return office.home('carmen');
      },
      { timeout: 20_000 },
    );

  it.each(['down', 'cut'] as const)(
    'Telegram is %s at ten: who was to be rung by it is unanswered in the evening',
    async (how) => {
      if (how === 'down') await office.telegram.faults.down();
      else office.telegram.faults.cut({ where: 'afterAccept', method: 'sendMessage' });
      await office.forward(30);
      await office.taps('ioana', 'Am auzit');
      await office.taps('carmen', 'Am auzit');
      await office.forward(6 * 60);
      if (how === 'down') await office.telegram.faults.up();
      await office.forward(5 * 60);
      expect(office.heard('vera').join('\n')).toContain(`${silent}Andrei Stan`);
      await home().toContain(`${silent}Andrei Stan`);
      await office.taps('andrei', 'Am auzit');
      await home().not.toContain(silent);
    },
    60_000,
  );

  it('both chats are down all day: everybody is unanswered, and each who answers later is not', async () => {
    await office.telegram.faults.down();
    await office.slack.faults.down();
    await office.forward(11 * 60);
    await office.telegram.faults.up();
    await office.slack.faults.up();
    await office.forward(30);
    expect(office.heard('vera').join('\n')).toContain(silent);
    for (const name of ['Andrei Stan', 'Ioana Marin', 'Carmen Vlad']) await home().toContain(name);
    for (const id of ['andrei', 'ioana', 'carmen'] as const) await office.taps(id, 'Am auzit');
    await home().not.toContain(silent);
  }, 60_000);

  it('nobody works from before ten until late: it is rung the next working day at ten, and judged that evening', async () => {
    const clock = office.world.clock as MovableClock;
    const night = addMinutes(await nextRing(), 12 * 60);
    clock.moveTo(night);
    await office.settle();
    for (const id of ['andrei', 'ioana', 'carmen'] as const)
      expect(office.heard(id).join('\n')).not.toContain('Probă de legătură');
    expect(office.home('carmen')).not.toContain(silent);
    let day = toLocal(night).toPlainDate().add({ days: 1 });
    while (!isWorkingDay(day)) day = day.add({ days: 1 });
    await until(fromLocal(day.toPlainDateTime('10:01')));
    for (const id of ['andrei', 'ioana', 'carmen'] as const)
      expect(office.heard(id).join('\n')).toContain('Probă de legătură');
    await office.taps('ioana', 'Am auzit');
    await until(fromLocal(day.toPlainDateTime('20:01')));
    const line = /Fără răspuns: (.*)\./.exec(office.home('carmen'))?.[1] ?? '';
    expect(line.split(', ').sort()).toEqual(['Andrei Stan', 'Carmen Vlad']);
    await until(addMinutes(await nextRing(), 1));
    expect(office.heard('andrei').join('\n')).toContain('Probă de legătură');
  }, 60_000);
});

describe('the first weekly test [delivery 8]', () => {
  const facts = { name: 'DAS Arad', phone: undefined, hours: undefined, hasTelegram: false, hasSlack: false };

  it('of an office that had its roster before there was one is set by the next start, once', async () => {
    const u = await openUniverse();
    await u.connection.dropDatabase();
    try {
      const started = async () => {
        const { clock, newId, seal } = u.world;
        const log = makeLog({ name: 'ring', level: 'silent' });
        const rest = { redisUrl: undefined, prefix: '{ring}', sweepMs: 200, log, chats: async () => [], isAlone: true };
        const house = await openHouse({ connection: u.connection, seal, clock, newId, ...rest, office: facts });
        await house.stop();
        return u.world.store.timers.get('test-ring');
      };
      expect(await started()).toBeUndefined();
      await u.onDuty(await u.person('coordinator', 'Ioana Marin'));
      const tuesday = new Date('2026-11-24T08:00:00Z');
      expect(await started()).toMatchObject({ state: 'waiting', kind: 'ring-test', dueAt: tuesday });
      u.clock.forward(60);
      expect(await started()).toMatchObject({ version: 0, dueAt: tuesday });
    } finally {
      await u.close();
    }
  });

  it('asks whom an alert would not find, too: absent, and nobody stands in any more', async () => {
    const u = await openUniverse();
    await u.connection.dropDatabase();
    try {
      const ioana = await u.person('coordinator', 'Ioana Marin');
      const andrei = await u.person('coordinator', 'Andrei Stan');
      await u.onDuty(ioana);
      const [from, to] = [u.clock.wall(), addMinutes(u.clock.wall(), 14 * 24 * 60)];
      const carmen = await u.person('supervisor', 'Carmen Vlad');
      const away = await u.as(carmen, setAbsence, { personId: ioana.id, substituteId: andrei.id, from, to });
      expect(away).toMatchObject({ is: 'done' });
      await u.world.store.people.save({ ...(await u.world.store.people.must(andrei.id)), status: 'left' });
      await u.as('system', ringTest, {});
      const [ring] = await u.world.store.testRings.find({});
      await u.as('system', judgeTest, { ringId: ring?.id as DutyId });
      expect((await silentNow(u.world)).map(({ name }) => name)).toEqual(['Ioana Marin']);
    } finally {
      await u.close();
    }
  });
});

/** Each Sunday of 2026 and 2027 on which the clock of Bucharest is changed. */
const changes = ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'];

it.each(changes)('%s: the weekly test is rung once a week at its local hour, and judged once (F16)', async (sunday) => {
  const day = Temporal.PlainDate.from(sunday);
  const u = await openUniverse(fromLocal(day.subtract({ days: 11 }).toPlainDateTime('09:00')));
  try {
    await u.connection.dropDatabase();
    const ioana = await u.person('coordinator', 'Ioana Marin');
    const from = u.clock.wall();
    expect(
      await u.as('system', setDuty, { personId: ioana.id, from, to: addMinutes(from, 60 * 24 * 60), isSecond: false }),
    ).toMatchObject({ is: 'done' });
    await u.fastForward(28 * 24 * 60);
    const rung = (await u.world.store.testRings.find({}))
      .map(({ rungAt, isJudged }) => [local(rungAt), isJudged])
      .sort();
    const tuesdays = [-5, 2, 9, 16].map((days) => day.add({ days })).filter((date) => isWorkingDay(date));
    expect(rung).toEqual(tuesdays.map((date) => [`${date} 10:00`, true]));
    const judged = (await u.world.store.journal.latest(1000)).filter(({ type }) => type === 'test-ring.judged');
    expect(judged.map(({ at }) => local(at)).sort()).toEqual(tuesdays.map((date) => `${date} 20:00`));
  } finally {
    await u.close();
  }
});

const local = (instant: Date): string => {
  const here = toLocal(instant);
  return `${here.toPlainDate()} ${here.toPlainTime().toString({ smallestUnit: 'minute' })}`;
};
