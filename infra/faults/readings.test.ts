import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeAlert } from '#core/alerts/close-alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { readAlert } from '#core/alerts/read-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { readAppointment } from '#core/appointments/read-appointment.ts';
import { breakGlass } from '#core/break-glass/break-glass.ts';
import { readBreakGlass } from '#core/break-glass/read-break-glass.ts';
import { reviewBreakGlass } from '#core/break-glass/review-break-glass.ts';
import type { Case } from '#core/cases/case.ts';
import { readCase } from '#core/cases/read-case.ts';
import type { Outcome } from '#core/execute.ts';
import { giveFeedback } from '#core/feedback/give-feedback.ts';
import { readFeedback } from '#core/feedback/read-feedback.ts';
import { readMessage } from '#core/messages/read-message.ts';
import { sendMessage } from '#core/messages/send-message.ts';
import { readNote } from '#core/notes/read-note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import { validateNote } from '#core/notes/validate-note.ts';
import { assignTechnician } from '#core/people/assign-technician.ts';
import type { Person } from '#core/people/person.ts';
import { type UseCaseName, useCases } from '#core/permissions.ts';
import { answerRequest } from '#core/requests/answer-request.ts';
import { readRequest } from '#core/requests/read-request.ts';
import { sendRequest } from '#core/requests/send-request.ts';
import type { ReadingReason } from '#core/rights.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let victoria: Person;
let mihai: Person;
let oksana: Person;
let one: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  victoria = await u.person('supervisor', 'Victoria Pop');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Кравченко');
  one = await u.case(oksana, ioana, [mihai]);
  await u.onDuty(ioana);
});
afterAll(() => u.close());

const resultOf = <R>(done: Outcome<R>): R => {
  if (done.is === 'refused') throw new Error(done.phrase.key);
  return done.result;
};
const said = { words: 'Un cuvânt.', files: [] };

const made = {
  alert: async () => resultOf(await u.as(mihai, raiseAlert, { caseId: one.id, level: 'urgent', observed: said })),
  note: async () =>
    resultOf(
      await u.as(mihai, submitNote, {
        kind: 'visit',
        caseId: one.id,
        visitedAt: u.clock.wall(),
        observed: said,
        opinion: said,
        next: said,
      }),
    ),
  appointment: async () =>
    resultOf(
      await u.as(ioana, bookAppointment, {
        caseId: one.id,
        startsAt: new Date(u.clock.wall().getTime() + 60 * 60_000),
        place: { at: 'office' },
        bring: '',
        hasInterpreter: false,
      }),
    ),
  message: async () => resultOf(await u.as(oksana, sendMessage, { personId: oksana.id, said })),
  request: async () =>
    resultOf(
      await u.as(mihai, sendRequest, {
        askedBy: mihai.id,
        decidedBy: ioana.id,
        asked: 'close-case',
        caseNumber: one.number,
        words: 'Vă rog.',
      }),
    ),
  feedback: async () => {
    const { id } = await made.appointment();
    await u.fastForward(4 * 60);
    const feedback = resultOf(await u.as(oksana, giveFeedback, { appointmentId: id, score: 4 }));
    if (!feedback) throw new Error('no feedback');
    return feedback;
  },
  glass: async (by = andrei) =>
    resultOf(await u.as(by, breakGlass, { caseId: one.id, reason: 'Mama e la spital, copilul singur.' })),
};

type Line = { type: string; about: string; by: Person; reason?: ReadingReason };

/** Every use case that shows what a case holds. A new one has its place here, or this does not compile. */
const readings: Record<Extract<UseCaseName, `read-${string}`>, (() => Promise<Line>) | 'no view shows it'> = {
  'read-person': 'no view shows it',
  async 'read-case'() {
    resultOf(await u.as(mihai, readCase, { caseId: one.id }));
    return { type: 'case.read', about: one.id, by: mihai, reason: 'visited case' };
  },
  async 'read-alert'() {
    const { id } = await made.alert();
    await u.as(andrei, takeAlert, { alertId: id });
    resultOf(await u.as(andrei, readAlert, { alertId: id }));
    return { type: 'alert.read', about: id, by: andrei, reason: 'taken alert' };
  },
  async 'read-note'() {
    const { id } = await made.note();
    resultOf(await u.as(ioana, readNote, { noteId: id }));
    return { type: 'note.read', about: id, by: ioana, reason: 'own case' };
  },
  async 'read-appointment'() {
    const { id } = await made.appointment();
    resultOf(await u.as(ioana, readAppointment, { appointmentId: id }));
    return { type: 'appointment.read', about: id, by: ioana, reason: 'own case' };
  },
  async 'read-message'() {
    const { id } = (await made.message()).message;
    resultOf(await u.as(victoria, readMessage, { messageId: id }));
    return { type: 'message.read', about: id, by: victoria, reason: 'role' };
  },
  async 'read-feedback'() {
    const { id } = await made.feedback();
    resultOf(await u.as(ioana, readFeedback, { feedbackId: id }));
    return { type: 'feedback.read', about: id, by: ioana, reason: 'own case' };
  },
  async 'read-request'() {
    const { id } = await made.request();
    resultOf(await u.as(ioana, readRequest, { requestId: id }));
    return { type: 'request.read', about: id, by: ioana, reason: 'addressed' };
  },
  async 'read-break-glass'() {
    const { id } = await made.glass();
    resultOf(await u.as(victoria, readBreakGlass, { glassId: id }));
    return { type: 'glass.read', about: id, by: victoria, reason: 'role' };
  },
};

/** What staff decide about people. */
const decisions: Partial<Record<UseCaseName, () => Promise<Line>>> = {
  async 'take-alert'() {
    const { id } = await made.alert();
    resultOf(await u.as(ioana, takeAlert, { alertId: id }));
    return { type: 'alert.taken', about: id, by: ioana };
  },
  async 'close-alert'() {
    const { id } = await made.alert();
    await u.as(ioana, takeAlert, { alertId: id });
    resultOf(await u.as(ioana, closeAlert, { alertId: id, outcome: 'Rezolvat.' }));
    return { type: 'alert.closed', about: id, by: ioana };
  },
  async 'validate-note'() {
    const { id } = await made.note();
    resultOf(await u.as(ioana, validateNote, { noteId: id, addition: '' }));
    return { type: 'note.validated', about: id, by: ioana };
  },
  async 'return-note'() {
    const { id } = await made.note();
    resultOf(await u.as(ioana, returnNote, { noteId: id, comment: 'Mai scrieți ora.' }));
    return { type: 'note.returned', about: id, by: ioana };
  },
  async 'book-appointment'() {
    const { id } = await made.appointment();
    return { type: 'appointment.booked', about: id, by: ioana };
  },
  async 'assign-technician'() {
    resultOf(await u.as(ioana, assignTechnician, { caseId: one.id, technicianIds: [] }));
    resultOf(await u.as(ioana, assignTechnician, { caseId: one.id, technicianIds: [mihai.id] }));
    return { type: 'technicians.assigned', about: one.id, by: ioana };
  },
  async 'answer-request'() {
    const { id } = await made.request();
    resultOf(await u.as(ioana, answerRequest, { requestId: id, agrees: true, reason: '' }));
    return { type: 'request.answered', about: id, by: ioana };
  },
  async 'break-glass'() {
    const { id } = await made.glass(victoria);
    return { type: 'glass.broken', about: id, by: victoria };
  },
  async 'review-break-glass'() {
    const { id } = await made.glass();
    resultOf(await u.as(victoria, reviewBreakGlass, { glassId: id, verdict: 'justified' }));
    return { type: 'glass.reviewed', about: id, by: victoria };
  },
};

async function leavesItsLine(act: () => Promise<Line>): Promise<void> {
  await u.fastForward(61);
  const { type, about, by, reason } = await act();
  const lines = (await u.world.store.journal.about(about)).filter((line) => line.type === type);
  const line = lines.at(-1);
  expect(line).toMatchObject({ by: by.id, ...(reason ? { reason } : {}) });
  expect(line).toMatchObject({ chain: expect.any(String), number: expect.any(Number), mac: expect.any(String) });
}

it.each(Object.entries(readings))('%s leaves its line with the reason (S6)', async (name, act) => {
  if (act === 'no view shows it') return;
  expect(useCases).toHaveProperty(name);
  await leavesItsLine(act);
});

it.each(Object.entries(decisions))('the decision %s leaves its line (S6)', (_name, act) => leavesItsLine(act));
