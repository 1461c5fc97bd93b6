import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import type { Person } from '#core/people/person.ts';
import { acts, play, type Stage } from '#infra/test/any-talk.ts';
import { keysIn, talk } from '#infra/test/talk.ts';
import { monday, openUniverse, type Universe } from '#infra/test/universe.ts';

let u: Universe;
let ioana: Person;
beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  await u.lastResort(ioana);
});
afterAll(() => u.close());

/** Nothing of the talk before: only people and their cases stay. */
const emptied = [
  ...(['alerts', 'notes', 'messages', 'feedback', 'returnAddresses', 'appointments', 'requests'] as const),
  ...(['timers', 'outbox', 'mailbox', 'conversations', 'files'] as const),
];

async function cleared(): Promise<void> {
  for (const name of emptied) await u.connection.collection(name).deleteMany({});
  u.clock.forward((monday.getTime() - u.clock.wall().getTime()) / 60_000 + 120);
}

/** Somebody who is helped, and who came to a meeting an hour ago. */
async function beneficiary(): Promise<Stage> {
  await cleared();
  const person = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  const { id: caseId } = await u.case(person, ioana);
  const startsAt = new Date(u.clock.wall().getTime() + 60 * 60_000);
  const place = { at: 'office' as const };
  const booked = await u.as(ioana, bookAppointment, { caseId, startsAt, place, bring: '', hasInterpreter: false });
  if (booked.is !== 'done') throw new Error('not booked');
  await u.fastForward(4 * 60);
  return {
    person,
    opens: [
      { action: 'message.new' },
      { action: 'help.more' },
      { action: 'help.callMe' },
      { action: 'appointment.ask' },
      { action: 'feedback.face', subject: booked.result.id, value: 2 },
      { action: 'home' },
    ],
  };
}

/** A technician with two cases. */
async function technician(): Promise<Stage> {
  await cleared();
  const person = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  for (const name of ['Elena Popescu', 'Ana Rusu']) await u.case(await u.person('beneficiary', name), ioana, [person]);
  return {
    person,
    opens: [
      { action: 'alert.new' },
      { action: 'alert.new' },
      { action: 'note.new' },
      { action: 'today' },
      { action: 'home' },
    ],
  };
}

const seeded = process.env.FAULT_SEED ? { seed: Number(process.env.FAULT_SEED) } : {};

/** The whole promise of a talk, on any sequence; and the same with each input delivered three times. */
const keepsItsPromises = (stage: () => Promise<Stage>) =>
  fc.asyncProperty(acts, async (sequence) => {
    const once = await play(u, await stage(), sequence);
    const copied = await play(u, await stage(), sequence, { copies: 2 });
    expect(copied).toEqual(once);
  });

describe('whatever somebody does with a form: begins, answers, goes back, leaves, presses old buttons, waits, speaks of danger', () => {
  it.each([
    ['somebody who is helped', beneficiary],
    ['a technician', technician],
  ] as const)(
    '%s is answered each time, what was written is kept, sent or thrown away by themselves, and copies change nothing',
    async (_, stage) => {
      await fc.assert(keepsItsPromises(stage), { numRuns: 25, ...seeded });
    },
    120_000,
  );
});

it('a report on abuse that was put aside is still there after a dozen other drafts, and is gone on with', async () => {
  const { person } = await technician();
  const me = talk(u, person);
  await me.presses(await me.taps('alert.new'), 'alerts:wide.abuse');
  const { form } = (await u.world.store.conversations.find({ personId: person.id }))[0] ?? {};
  await me.says('🏠 Meniul principal');
  for (let n = 0; n < 12; n++) {
    u.clock.forward(11);
    await me.says(`Ceva de la drum ${n}`);
  }
  expect(keysIn(await me.taps('form.resume', { subject: form?.run ?? '', value: 1 }))).toContain('alerts:ask.whom');
});
