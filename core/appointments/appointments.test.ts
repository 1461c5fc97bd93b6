import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Case } from '../cases/case.ts';
import type { Person } from '../people/person.ts';
import type { PersonRole } from '../roles.ts';
import { minutesBetween } from '../time.ts';
import type { Appointment } from './appointment.ts';
import { askForAppointment } from './ask-for-appointment.ts';
import { askToMove } from './ask-to-move.ts';
import { bookAppointment } from './book-appointment.ts';
import { callOffAppointment } from './call-off-appointment.ts';
import { cancelAppointment } from './cancel-appointment.ts';
import { chooseTime } from './choose-time.ts';
import { confirmAppointment } from './confirm-appointment.ts';
import { declineOffers } from './decline-offers.ts';
import { markCame } from './mark-came.ts';
import { markMissed } from './mark-missed.ts';
import { moveAppointment } from './move-appointment.ts';
import { offerTimes } from './offer-times.ts';
import { remindAppointment } from './remind-appointment.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let oksana: Person;
let serhii: Person;
let one: Case;

beforeAll(async () => {
  u = await openUniverse(new Date('2026-10-21T06:00:00Z'));
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  serhii = await u.person('beneficiary', 'Сергій Коваленко', { language: 'uk' });
  one = await u.case(oksana, ioana);
  await u.case(serhii, ioana);
});
afterAll(() => u.close());

const noWish = { words: '', files: [] };
const input = (startsAt: Date | string) => ({
  caseId: one.id,
  startsAt: new Date(startsAt),
  place: { at: 'office' as const },
  bring: '',
  hasInterpreter: false,
});

async function book(startsAt: Date | string): Promise<Appointment> {
  const booked = await u.as(ioana, bookAppointment, input(startsAt));
  if (booked.is !== 'done') throw new Error(booked.phrase.key);
  return booked.result;
}
const now = (id: string) => u.world.store.appointments.must(id);
const later = (minutes: number) => new Date(u.clock.wall().getTime() + minutes * 60_000);
const until = (at: string) => u.fastForward(minutesBetween(u.clock.wall(), new Date(at)));
/** What a person was told of it, card by card with its time. */
async function told(person: Person, id: string): Promise<[string | undefined, string][]> {
  const rows = await u.world.store.outbox.find(
    { personId: person.id, subject: id, method: 'send' },
    { sort: { createdAt: 1, order: 1 } },
  );
  return rows.map(({ card, dueAt }) => [card, dueAt.toISOString()]);
}
const cardsFor = async (person: Person, id: string) => (await told(person, id)).map(([card]) => card);
const linesOf = async (id: string) => (await u.world.store.journal.about(id)).map(({ type }) => type);

describe('reminders', () => {
  it.each([
    ['on the Sunday of the change itself', '2026-10-25T08:30:00Z', '2026-10-24T15:00:00.000Z'],
    ['the day after the clock went back', '2026-10-26T08:30:00Z', '2026-10-25T16:00:00.000Z'],
    ['the day after the clock went forward', '2027-03-29T07:30:00Z', '2027-03-28T15:00:00.000Z'],
    ['on the Sunday it went forward', '2027-03-28T07:30:00Z', '2027-03-27T16:00:00.000Z'],
    ['after the change of 2027', '2027-11-01T08:30:00Z', '2027-10-31T16:00:00.000Z'],
  ])('one %s at 10:30 is reminded of at 18:00 by the local clock of the day before', async (_, startsAt, reminded) => {
    const { id } = await book(startsAt);
    expect(await u.world.store.timers.must(`appointment-${id}-day-before`)).toMatchObject({
      state: 'waiting',
      dueAt: new Date(reminded),
    });
    await u.as(ioana, callOffAppointment, { appointmentId: id });
  });

  it('go the day before at 18:00 and two hours before, then the question an hour after the end', async () => {
    const { id } = await book('2026-10-26T08:30:00Z');
    await until('2026-10-26T12:00:00Z');
    expect(await told(oksana, id)).toEqual([
      ['appointment', '2026-10-21T06:00:00.000Z'],
      ['appointment-tomorrow', '2026-10-25T16:00:00.000Z'],
      ['appointment-today', '2026-10-26T06:30:00.000Z'],
      ['feedback-ask', '2026-10-26T10:30:00.000Z'],
    ]);
  });

  it('drop the two-hour one inside quiet hours: the one of the day before has just been read', async () => {
    const { id } = await book('2026-10-28T07:30:00Z');
    expect(await u.world.store.timers.get(`appointment-${id}-shortly`)).toBeUndefined();
    await until('2026-10-28T07:00:00Z');
    expect(await cardsFor(oksana, id)).toEqual(['appointment', 'appointment-tomorrow']);
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('move with the appointment', async () => {
    const { id } = await book('2026-10-30T08:30:00Z');
    await u.as(ioana, moveAppointment, { appointmentId: id, startsAt: new Date('2026-11-03T12:00:00Z') });
    await until('2026-11-02T15:59:00Z');
    expect(await cardsFor(oksana, id)).toEqual(['appointment', 'appointment']);
    await until('2026-11-03T10:00:00Z');
    expect((await cardsFor(oksana, id)).slice(2)).toEqual(['appointment-tomorrow', 'appointment-today']);
    expect(await now(id)).toMatchObject({ state: 'booked', previousTimes: [new Date('2026-10-30T08:30:00Z')] });
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('are not sent for one the person cancelled or we called off', async () => {
    const first = await book('2026-11-05T08:30:00Z');
    const second = await book('2026-11-06T08:30:00Z');
    await u.as(oksana, cancelAppointment, { appointmentId: first.id });
    await u.as(ioana, callOffAppointment, { appointmentId: second.id });
    await until('2026-11-09T08:00:00Z');
    expect(await cardsFor(oksana, first.id)).toEqual(['appointment']);
    expect(await cardsFor(oksana, second.id)).toEqual(['appointment', 'appointment']);
  });

  it('are asked again at their time: one that is too early, or no longer stands, says nothing', async () => {
    const { id } = await book(later(3 * 24 * 60));
    await u.as('system', remindAppointment, { appointmentId: id, reminder: 'dayBefore' });
    await u.as('system', remindAppointment, { appointmentId: id, reminder: 'shortly' });
    expect(await cardsFor(oksana, id)).toEqual(['appointment']);
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('are never sent to somebody who asked us not to write', async () => {
    const stopped = await u.person('beneficiary', 'Elena Munteanu', { hasStopped: true });
    const known = await u.case(stopped, ioana);
    const booked = await u.as(ioana, bookAppointment, { ...input(later(26 * 60)), caseId: known.id });
    await u.fastForward(30 * 60);
    expect(booked.is === 'done' && (await told(stopped, booked.result.id))).toEqual([]);
  });
});

describe('booking', () => {
  it('in quiet hours buzzes in the morning, unless the meeting is hours away', async () => {
    await until('2026-11-12T20:00:00Z');
    const far = await book('2026-11-16T08:30:00Z');
    const near = await book('2026-11-13T08:30:00Z');
    expect((await told(oksana, far.id))[0]).toEqual(['appointment', '2026-11-13T06:00:00.000Z']);
    expect((await told(oksana, near.id))[0]).toEqual(['appointment', '2026-11-12T20:00:00.000Z']);
    for (const { id } of [far, near]) await u.as(oksana, cancelAppointment, { appointmentId: id });
    await until('2026-11-13T08:00:00Z');
  });

  it('refuses what has passed, and the same case at the same time; a clash of two cases is the coordinator’s to decide', async () => {
    expect(await u.as(ioana, bookAppointment, input(later(-1)))).toMatchObject({
      is: 'refused',
      phrase: { key: 'appointments:date.past' },
    });
    const { id } = await book(later(600));
    expect(await u.as(ioana, bookAppointment, input(later(600)))).toMatchObject({
      phrase: { key: 'appointments:staff.same' },
    });
    const other = await u.world.store.cases.ofPerson(serhii.id);
    expect(await u.as(ioana, bookAppointment, { ...input(later(600)), caseId: other?.id as never })).toMatchObject({
      is: 'done',
    });
    await u.as(ioana, callOffAppointment, { appointmentId: id });
  });
});

describe('the person', () => {
  it('confirms once, however often the button is pressed; the coordinator hears once', async () => {
    const { id } = await book(later(48 * 60));
    for (let press = 0; press < 3; press++) await u.as(oksana, confirmAppointment, { appointmentId: id });
    expect(await now(id)).toMatchObject({ state: 'confirmed', version: 1 });
    expect(await linesOf(id)).toEqual(['appointment.booked', 'appointment.confirmed']);
    expect(await cardsFor(ioana, id)).toEqual(['appointment-staff']);
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('asks for another time, gets up to three, and the one chosen stands', async () => {
    const { id } = await book(later(72 * 60));
    await u.as(oksana, askToMove, { appointmentId: id, wish: { words: 'після обіду', files: [] } });
    const times = [later(80 * 60), later(90 * 60), later(100 * 60)];
    expect(
      await u.as(ioana, offerTimes, { appointmentId: id, times: [times[0] as Date, times[0] as Date] }),
    ).toMatchObject({ phrase: { key: 'appointments:offer.same' } });
    await u.as(ioana, offerTimes, { appointmentId: id, times });
    expect(await u.as(oksana, chooseTime, { appointmentId: id, startsAt: later(81 * 60) })).toMatchObject({
      phrase: { key: 'appointments:book.taken' },
    });
    await u.as(oksana, chooseTime, { appointmentId: id, startsAt: times[1] as Date });
    await u.as(oksana, chooseTime, { appointmentId: id, startsAt: times[1] as Date });
    expect(await now(id)).toMatchObject({
      state: 'confirmed',
      startsAt: times[1],
      offers: [],
      previousTimes: [expect.any(Date)],
    });
    expect(await now(id)).not.toHaveProperty('wish');
    expect(await linesOf(id)).toEqual([
      'appointment.booked',
      'appointment.move-asked',
      'appointment.times-offered',
      'appointment.time-chosen',
    ]);
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('asks for a meeting: the coordinator hears, none of the offers fits, other ones do', async () => {
    const asked = await u.as(oksana, askForAppointment, { personId: oksana.id, wish: noWish });
    if (asked.is !== 'done') throw new Error('refused');
    const { id } = asked.result;
    await u.as(oksana, askForAppointment, { personId: oksana.id, wish: { words: 'зранку', files: [] } });
    expect(await u.world.store.appointments.count({ state: 'asked' })).toBe(1);
    await u.as(ioana, offerTimes, { appointmentId: id, times: [later(600)] });
    await u.as(oksana, declineOffers, { appointmentId: id });
    await u.as(ioana, offerTimes, { appointmentId: id, times: [later(1200)] });
    await u.as(oksana, chooseTime, { appointmentId: id, startsAt: later(1200) });
    expect(await now(id)).toMatchObject({ state: 'confirmed' });
    expect(await cardsFor(ioana, id)).toEqual([
      'appointment-staff',
      'appointment-staff',
      'appointment-none-fits',
      'appointment-chosen',
    ]);
    expect(await cardsFor(oksana, id)).toEqual(['appointment-offers', 'appointment-offers']);
    await u.as(oksana, cancelAppointment, { appointmentId: id });
  });

  it('cannot change what has passed', async () => {
    const { id } = await book(later(30));
    await u.fastForward(31);
    expect(await u.as(oksana, confirmAppointment, { appointmentId: id })).toMatchObject({
      phrase: { key: 'appointments:past' },
    });
    expect(await u.as(oksana, cancelAppointment, { appointmentId: id })).toMatchObject({
      phrase: { key: 'appointments:past' },
    });
    await u.as(ioana, callOffAppointment, { appointmentId: id });
  });
});

describe('afterwards', () => {
  it('one who could not come gets another day offered and is never asked how it went', async () => {
    const { id } = await book(later(120));
    expect(await u.as(ioana, markMissed, { appointmentId: id })).toMatchObject({
      phrase: { key: 'appointments:notYet' },
    });
    await u.fastForward(150);
    await u.as(ioana, markMissed, { appointmentId: id });
    await u.fastForward(24 * 60);
    expect((await cardsFor(oksana, id)).filter((card) => card === 'feedback-ask')).toEqual([]);
    expect(await now(id)).toMatchObject({ state: 'missed', wasHowAsked: false });
  });

  it('one that took place is asked about once, marked or not', async () => {
    const { id } = await book(later(60));
    await u.fastForward(70);
    await u.as(ioana, markCame, { appointmentId: id });
    await u.as(ioana, markCame, { appointmentId: id });
    await u.fastForward(24 * 60);
    expect((await cardsFor(oksana, id)).filter((card) => card === 'feedback-ask')).toHaveLength(1);
  });
});

describe('who may', () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      'another beneficiary confirms',
      async () => u.as(serhii, confirmAppointment, { appointmentId: (await book(later(200))).id }),
    ],
    [
      'another beneficiary cancels',
      async () => u.as(serhii, cancelAppointment, { appointmentId: (await book(later(201))).id }),
    ],
    [
      'another coordinator moves',
      async () => u.as(andrei, moveAppointment, { appointmentId: (await book(later(202))).id, startsAt: later(300) }),
    ],
    ['another coordinator books', () => u.as(andrei, bookAppointment, input(later(203)))],
    ['the person books', () => u.as(oksana, bookAppointment, input(later(204)))],
    ['the person marks', async () => u.as(oksana, markCame, { appointmentId: (await book(later(205))).id })],
    [
      'the coordinator confirms for the person',
      async () => u.as(ioana, confirmAppointment, { appointmentId: (await book(later(206))).id }),
    ],
    ['somebody asks in another’s name', () => u.as(serhii, askForAppointment, { personId: oksana.id, wish: noWish })],
  ])('%s: refused', async (_, attempt) => {
    expect(await attempt()).toMatchObject({ is: 'refused' });
  });

  it.each<PersonRole>(['technician', 'supervisor', 'admin', 'partner', 'guardian'])(
    'a %s neither books nor cancels',
    async (role) => {
      const someone = await u.person(role, `Cineva ${role}`);
      const { id } = await book(later(400 + role.charCodeAt(0)));
      expect(await u.as(someone, bookAppointment, input(later(500)))).toMatchObject({ is: 'refused' });
      expect(await u.as(someone, cancelAppointment, { appointmentId: id })).toMatchObject({ is: 'refused' });
      expect(await now(id)).toMatchObject({ state: 'booked' });
    },
  );
});
