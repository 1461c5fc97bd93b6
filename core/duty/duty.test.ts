import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teamOf } from '#infra/test/team.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { closeAlert } from '../alerts/close-alert.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { takeAlert } from '../alerts/take-alert.ts';
import { introduceOffice } from '../office/introduce-office.ts';
import { missingItems } from '../office/set-up-state.ts';
import type { Person } from '../people/person.ts';
import { addMinutes } from '../time.ts';
import { firstGap } from './duty.ts';
import { endAbsence } from './end-absence.ts';
import { removeDuty } from './remove-duty.ts';
import { setAbsence } from './set-absence.ts';
import { setDuty } from './set-duty.ts';
import { setLastResort } from './set-last-resort.ts';

let u: Universe;
let vera: Person;
let carmen: Person;
let ioana: Person;
let andrei: Person;
let mihai: Person;
let caseId: never;

beforeAll(async () => {
  u = await openUniverse();
  vera = await u.person('admin', 'Vera Pop');
  ({ carmen, ioana, andrei, mihai } = await teamOf(u));
  caseId = (await u.case(await u.person('beneficiary', 'Оксана Кравченко'), ioana, [mihai])).id as never;
});
afterAll(() => u.close());

const hours = (from: number, to: number) => ({
  from: addMinutes(u.clock.wall(), from * 60),
  to: addMinutes(u.clock.wall(), to * 60),
});
const heard = async (who: Person) =>
  (await u.world.store.outbox.find({ personId: who.id, method: 'send' }, { sort: { createdAt: 1 } })).map(
    (row) => row.card ?? (row.message as { lines: { key: string }[] }).lines[0]?.key,
  );
const missing = () => missingItems({ store: u.world.store, now: u.clock.wall() });

async function raise(level: 'life' | 'abuse' | 'urgent') {
  const raised = await u.as(mihai, raiseAlert, { caseId, level, observed: { words: 'Copilul plânge.', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}
const rung = async (id: string) =>
  (await u.world.store.outbox.find({ subject: id, card: 'alert', method: 'send' })).map(({ personId }) => personId);
async function close(id: string, who: Person) {
  await u.as(who, takeAlert, { alertId: id as never });
  await u.as(who, closeAlert, { alertId: id as never, outcome: 'gata' });
}

describe('the set-up state', () => {
  it('names what is missing, and rings all staff while the last resort is', async () => {
    expect(await missing()).toEqual(['duty', 'lastResort', 'phoneAlarm', 'telegram']);
    const { id } = await raise('life');
    await u.fastForward(30);
    expect(new Set(await rung(id))).toEqual(new Set([vera, carmen, ioana, andrei, mihai].map((person) => person.id)));
    await close(id, ioana);
  });

  it('a start introduces the office: what it connects is not missing any more', async () => {
    const said = {
      name: 'DAS Arad',
      phone: '0257 123 456',
      telegramBot: 'punte_bot',
      hasTelegram: true,
      hasSlack: true,
      hasPhoneAlarm: true,
    };
    expect((await u.as(vera, introduceOffice, said)).is).toBe('refused');
    expect((await u.as('system', introduceOffice, said)).is).toBe('done');
    expect(await missing()).toEqual(['duty', 'lastResort']);
  });

  it('the last resort is two different people who reach both chats, named by an administrator only', async () => {
    const refused = async (first: Person, second: Person, key: string, who = vera) =>
      expect(await u.as(who, setLastResort, { first: first.id, second: second.id })).toMatchObject({
        is: 'refused',
        phrase: { key },
      });
    await refused(carmen, carmen, 'duty:lastResort.same');
    await refused(carmen, andrei, 'duty:lastResort.channels');
    await refused(
      carmen,
      await u.person('coordinator', 'Dan Luca', { status: 'invited', accounts: [] }),
      'duty:lastResort.notLinked',
    );
    await refused(carmen, andrei, 'refusals:notYours', ioana);
    const slack = await u.person('coordinator', 'Elena Rus', {
      accounts: [{ channel: 'slack', key: 'U9', address: 'U9', linkedAt: u.clock.wall(), isDead: false }],
    });
    expect((await u.as(vera, setLastResort, { first: carmen.id, second: slack.id })).is).toBe('done');
    expect(await heard(slack)).toContain('duty:notice.lastResort');
    expect(await missing()).toEqual(['duty']);
  });
});

describe('the roster', () => {
  it('is kept by administrator and supervisor; whoever is on duty is told', async () => {
    const slot = { personId: andrei.id, ...hours(0, 12), isSecond: false };
    for (const who of [ioana, mihai]) expect((await u.as(who, setDuty, slot)).is).toBe('refused');
    expect((await u.as(carmen, setDuty, slot)).is).toBe('done');
    expect(await heard(andrei)).toContain('duty-set');
    expect(await missing()).toEqual([]);
  });

  it('refuses what is turned round, over already, or somebody who may not decide', async () => {
    const refused = async (slot: { from: Date; to: Date }, who: Person, key: string) =>
      expect(await u.as(vera, setDuty, { personId: who.id, ...slot, isSecond: false })).toMatchObject({
        is: 'refused',
        phrase: { key },
      });
    await refused(hours(40, 30), ioana, 'duty:wrongOrder');
    await refused(hours(-5, -1), ioana, 'duty:past');
    await refused(hours(20, 30), mihai, 'duty:notPossible');
  });

  it('asks before a second person at the same time, and takes a slot out again', async () => {
    const slot = { personId: ioana.id, ...hours(2, 4) };
    expect(await u.as(vera, setDuty, { ...slot, isSecond: false })).toMatchObject({
      is: 'refused',
      phrase: { key: 'duty:overlaps', params: { name: 'Andrei Stan' } },
    });
    const set = await u.as(vera, setDuty, { ...slot, isSecond: true });
    if (set.is !== 'done') throw new Error('refused');
    expect((await u.as(ioana, removeDuty, { dutyId: set.result.id })).is).toBe('refused');
    expect((await u.as(vera, removeDuty, { dutyId: set.result.id })).is).toBe('done');
    expect(await heard(ioana)).toContain('duty:notice.removed');
  });

  it('tells who keeps it when hours without anybody come near', async () => {
    const before = (await heard(vera)).filter((key) => key === 'duty:notice.gap').length;
    await u.fastForward(61);
    expect((await heard(vera)).filter((key) => key === 'duty:notice.gap')).toHaveLength(before + 1);
  });

  it.each([
    [[], 0, 10],
    [[[0, 10]], undefined, undefined],
    [
      [
        [0, 4],
        [4, 10],
      ],
      undefined,
      undefined,
    ],
    [
      [
        [0, 4],
        [6, 10],
      ],
      4,
      6,
    ],
    [
      [
        [0, 6],
        [2, 8],
      ],
      8,
      10,
    ],
    [[[2, 12]], 0, 2],
  ] as [number[][], number | undefined, number | undefined][])('the first gap of %j is %s to %s', (slots, from, to) => {
    const at = (hour: number) => new Date(hour * 3_600_000);
    const gap = firstGap(
      slots.map(([a = 0, b = 0]) => ({ from: at(a), to: at(b) })),
      { from: at(0), to: at(10) },
    );
    expect(gap).toEqual(from === undefined ? undefined : { from: at(from), to: at(to ?? 0) });
  });
});

describe('an absence', () => {
  it('needs a substitute who decides, is somebody else, and is there', async () => {
    const refused = async (substitute: Person, key: string) =>
      expect(
        await u.as(vera, setAbsence, { personId: ioana.id, substituteId: substitute.id, ...hours(0, 48) }),
      ).toMatchObject({ is: 'refused', phrase: { key } });
    await refused(ioana, 'duty:absence.sameSubstitute');
    await refused(mihai, 'duty:notPossible');
    expect((await u.as(andrei, setAbsence, { personId: ioana.id, substituteId: carmen.id, ...hours(0, 48) })).is).toBe(
      'refused',
    );
  });

  it('is told to the person only when somebody else noted it', async () => {
    await u.as(vera, setAbsence, { personId: ioana.id, substituteId: carmen.id, ...hours(1000, 1010) });
    expect(await heard(ioana)).toContain('duty:notice.away');
  });

  it('sends alerts to the substitute, and back again when it ends [GUIDE]', async () => {
    await u.as(ioana, setAbsence, { personId: ioana.id, substituteId: carmen.id, ...hours(0, 48) });
    expect(await heard(carmen)).toContain('duty:notice.substitute');
    expect((await heard(ioana)).filter((key) => key === 'duty:notice.away')).toHaveLength(1);
    const away = await raise('abuse');
    expect(await rung(away.id)).toEqual([carmen.id]);
    await close(away.id, carmen);

    expect((await u.as(ioana, endAbsence, { personId: ioana.id })).is).toBe('done');
    const back = await raise('abuse');
    expect(await rung(back.id)).toEqual([ioana.id]);
    await close(back.id, ioana);
  });
});
