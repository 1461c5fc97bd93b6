import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { takeAlert } from '../alerts/take-alert.ts';
import { assignTechnician } from './assign-technician.ts';
import { closeAccess } from './close-access.ts';
import { inviteStaff } from './invite-staff.ts';
import { nameCoordinator } from './name-coordinator.ts';
import { openPerson } from './open-person.ts';
import type { Person } from './person.ts';
import { resumeWriting } from './resume-writing.ts';
import { stopWriting } from './stop-writing.ts';

let u: Universe;
let vera: Person;
let ioana: Person;
let andrei: Person;
let mihai: Person;

beforeAll(async () => {
  u = await openUniverse();
  vera = await u.person('admin', 'Vera Pop');
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
});
afterAll(() => u.close());

const heard = async (who: Person) =>
  (await u.world.store.outbox.find({ personId: who.id, method: 'send' }, { sort: { createdAt: 1 } })).map(
    (row) => row.card ?? (row.message as { lines: { key: string }[] }).lines[0]?.key,
  );
const now = (who: Person) => u.world.store.people.must(who.id);
const oksana = {
  name: 'Оксана Шевченко',
  birthYear: '1958',
  language: 'uk' as const,
  placeCode: 'ar-07',
  isOtherPerson: false,
};

describe('people on file', () => {
  it('a technician is invited only under a coordinator, who hears of the new colleague [GUIDE]', async () => {
    const lia = { role: 'technician' as const, name: 'Lia Toma', language: 'ro' as const };
    expect(await u.as(vera, inviteStaff, lia)).toMatchObject({
      is: 'refused',
      phrase: { key: 'people:needCoordinator' },
    });
    expect(await u.as(vera, inviteStaff, { ...lia, coordinatorId: mihai.id })).toMatchObject({
      is: 'refused',
      phrase: { key: 'people:needCoordinator' },
    });
    expect(await u.as(vera, inviteStaff, { ...lia, coordinatorId: ioana.id })).toMatchObject({
      is: 'done',
      result: { person: { status: 'invited' } },
    });
    expect(await heard(ioana)).toContain('people:notice.newTechnician');
  });

  it('the command line invites the first administrator', async () => {
    expect((await u.as('system', inviteStaff, { role: 'admin', name: 'Ana Dinu', language: 'ro' })).is).toBe('done');
  });

  it('a person is opened with a case that has a number, a contact and a technician [ECSILI]', async () => {
    const opened = await u.as(ioana, openPerson, { ...oksana, technicianIds: [mihai.id] });
    if (opened.is !== 'done') throw new Error('refused');
    expect(opened.result.case).toMatchObject({
      number: expect.stringMatching(/^C-\d+$/),
      placeCode: 'AR-07',
      coordinatorId: ioana.id,
      stage: 'intake',
    });
    expect(opened.result.person).toMatchObject({ role: 'beneficiary', status: 'invited', birthYear: 1958 });
    expect(await heard(mihai)).toContain('work:notice.assigned');
  });

  it('the same name in another spelling says so, with the number of the case; "another person" goes on', async () => {
    const same = { ...oksana, name: 'Oksana Șevcenco' };
    expect(await u.as(andrei, openPerson, { ...same, technicianIds: [] })).toMatchObject({
      is: 'refused',
      phrase: { key: 'people:sameName' },
    });
    expect((await u.as(andrei, openPerson, { ...same, technicianIds: [], isOtherPerson: true })).is).toBe('done');
    expect((await u.as(andrei, openPerson, { ...oksana, name: 'Оксана Ткач', technicianIds: [] })).is).toBe('done');
  });

  it.each([
    [{ name: '…' }, 'people:needName'],
    [{ birthYear: '58' }, 'people:needYear'],
    [{ birthYear: '2031' }, 'people:needYear'],
    [{ placeCode: 'str. Lungă 5' }, 'people:needPlace'],
  ])('what cannot be is asked again: %j', async (wrong, key) => {
    expect(await u.as(ioana, openPerson, { ...oksana, technicianIds: [], ...wrong })).toMatchObject({
      is: 'refused',
      phrase: { key },
    });
  });

  it('a new coordinator is told, the technician too; only an administrator names one', async () => {
    const change = { technicianId: mihai.id, coordinatorId: andrei.id };
    expect((await u.as(ioana, nameCoordinator, change)).is).toBe('refused');
    expect((await u.as(vera, nameCoordinator, change)).is).toBe('done');
    expect(await heard(andrei)).toContain('people:notice.newTechnician');
    expect(await heard(mihai)).toContain('people:notice.newCoordinator');
    await u.as(vera, nameCoordinator, { ...change, coordinatorId: ioana.id });
  });

  it('a case goes to another technician: both are told, only by the own coordinator', async () => {
    const sorin = await u.person('technician', 'Sorin Nagy', { coordinatorId: ioana.id });
    const { id: caseId } = await u.case(await u.person('beneficiary', 'Ion Rus'), ioana, [mihai]);
    expect(await u.as(andrei, assignTechnician, { caseId, technicianIds: [sorin.id] })).toMatchObject({
      is: 'refused',
      decidedBy: ioana.id,
    });
    expect((await u.as(mihai, assignTechnician, { caseId, technicianIds: [] })).is).toBe('refused');
    expect((await u.as(ioana, assignTechnician, { caseId, technicianIds: [sorin.id] })).is).toBe('done');
    expect(await heard(sorin)).toEqual(['work:notice.assigned']);
    expect(await heard(mihai)).toContain('work:notice.unassigned');
  });
});

describe('stop writing to me', () => {
  it('is done at once, the contact hears it, routine stays away, and it can be taken back', async () => {
    const maria = await u.person('beneficiary', 'Maria Rus');
    await u.case(maria, andrei);
    const stop = {
      personId: maria.id,
      why: 'stop' as const,
      account: { channel: 'telegram' as const, key: maria.accounts[0]?.key ?? '' },
    };
    expect((await u.as(maria, stopWriting, stop)).is).toBe('done');
    expect((await now(maria)).hasStopped).toBe(true);
    expect(await heard(andrei)).toContain('people:notice.stopped');
    expect((await u.as(ioana, stopWriting, stop)).is).toBe('refused');
    await u.as(maria, resumeWriting, { personId: maria.id });
    expect((await now(maria)).hasStopped).toBe(false);
  });

  it('"this is not for me" unlinks the account, voids its buttons and tells the contact', async () => {
    const ivan = await u.person('beneficiary', 'Іван Лис');
    await u.case(ivan, andrei);
    await u.as(ivan, stopWriting, {
      personId: ivan.id,
      why: 'wrongPerson',
      account: { channel: 'telegram', key: ivan.accounts[0]?.key ?? '' },
    });
    expect(await now(ivan)).toMatchObject({ accounts: [], status: 'invited', epoch: ivan.epoch + 1 });
    expect(await heard(andrei)).toContain('people:notice.wrongPerson');
  });
});

describe('access ends', () => {
  it('neither the last administrator nor oneself', async () => {
    expect(await u.as(vera, closeAccess, { personId: vera.id })).toMatchObject({
      is: 'refused',
      phrase: { key: 'refusals:ownAccess' },
    });
    expect(await u.as('system', closeAccess, { personId: vera.id })).toMatchObject({
      is: 'refused',
      phrase: { key: 'refusals:lastAdmin' },
    });
    expect((await u.as(ioana, closeAccess, { personId: mihai.id })).is).toBe('refused');
  });

  it('role, duty, last resort and buttons are void; the open alert climbs at once, the rest comes to a colleague', async () => {
    const paul = await u.person('coordinator', 'Paul Suciu');
    await u.onDuty(paul);
    await u.lastResort(paul, andrei);
    const { id: caseId } = await u.case(await u.person('beneficiary', 'Ana Luca'), ioana, [mihai]);
    const raised = await u.as(mihai, raiseAlert, {
      caseId,
      level: 'urgent',
      observed: { words: 'plouă în casă', files: [] },
    });
    if (raised.is !== 'done') throw new Error('refused');
    await u.as(paul, takeAlert, { alertId: raised.result.id });
    expect((await u.as(vera, closeAccess, { personId: paul.id })).is).toBe('done');
    expect(await now(paul)).toMatchObject({ status: 'left', epoch: paul.epoch + 1 });
    expect(await u.world.store.duty.at(u.clock.wall())).toEqual([]);
    expect((await u.world.store.office.get()).lastResort).toEqual([]);
    expect((await u.as(paul, takeAlert, { alertId: raised.result.id })).is).toBe('refused');
    expect(await heard(paul)).toContain('people:notice.accessClosed');
    await u.fastForward(0);
    const { state, ownerId } = await u.world.store.alerts.must(raised.result.id);
    expect([state, ownerId]).toEqual(['open', undefined]);
    const heir = (await u.world.store.absences.of(paul.id, u.clock.wall()))?.substituteId;
    expect(await heard(await u.world.store.people.must(heir ?? ''))).toContain('people:notice.inherited');
  });
});
