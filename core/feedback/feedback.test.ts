import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { bookAppointment } from '../appointments/book-appointment.ts';
import { markMissed } from '../appointments/mark-missed.ts';
import type { Case } from '../cases/case.ts';
import type { AppointmentId, FileId } from '../id.ts';
import type { Person } from '../people/person.ts';
import { startOfDay } from '../time.ts';
import { addToFeedback } from './add-to-feedback.ts';
import { answerFeedback } from './answer-feedback.ts';
import type { Feedback } from './feedback.ts';
import { giveFeedback } from './give-feedback.ts';
import { readFeedback } from './read-feedback.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let oksana: Person;
let serhii: Person;
let one: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  serhii = await u.person('beneficiary', 'Сергій Коваленко', { language: 'uk' });
  one = await u.case(oksana, ioana);
});
afterAll(() => u.close());

/** A meeting that is over and was asked about. */
async function met(): Promise<AppointmentId> {
  const startsAt = new Date(u.clock.wall().getTime() + 60 * 60_000);
  const booked = await u.as(ioana, bookAppointment, {
    caseId: one.id,
    startsAt,
    place: { at: 'office' },
    bring: '',
    hasInterpreter: false,
  });
  if (booked.is !== 'done') throw new Error('refused');
  await u.fastForward(4 * 60);
  return booked.result.id;
}
async function given(score: number): Promise<Feedback> {
  const done = await u.as(oksana, giveFeedback, { appointmentId: await met(), score });
  if (done.is !== 'done' || !done.result) throw new Error('refused');
  return done.result;
}
const said = { words: 'Довго чекали.', files: [] as FileId[] };
const rows = (person: Person, card?: string) =>
  u.world.store.outbox.find({ personId: person.id, method: 'send', ...(card ? { card } : {}) });
const lines = (id: string) => u.world.store.journal.about(id);

describe('without a name [ECSILI]', () => {
  it('the feedback holds neither the person nor the meeting, in clear or by an id', async () => {
    const { id } = await given(2);
    await u.as(oksana, addToFeedback, { feedbackId: id, said });
    const stored = JSON.stringify(await u.connection.collection('feedback').findOne({ _id: id as never }));
    expect(stored).not.toContain(oksana.id);
    expect(stored).not.toContain(one.id);
    expect(await u.world.store.feedback.must(id)).toMatchObject({
      coordinatorId: ioana.id,
      placeCode: 'AR-07',
      month: '2026-11',
      score: 2,
    });
    const address = await u.connection.collection('returnAddresses').findOne({ _id: id as never });
    expect(JSON.stringify(address)).not.toContain(oksana.id);
  });

  it('no line of the journal, no timer and no row of the outbox leads from it to the person', async () => {
    const { id } = await given(1);
    await u.as(oksana, addToFeedback, { feedbackId: id, said, showName: false, wantsAnswer: true });
    const journal = await lines(id);
    expect(journal.map(({ type }) => type)).toEqual(['feedback.given', 'feedback.added']);
    for (const line of journal) {
      expect(line).not.toHaveProperty('by');
      expect(line).not.toHaveProperty('caseId');
      expect(line.id).toMatch(/^[0-9a-f]{24}$/);
      expect(line.chain).toBe('anonymous');
      expect(line.at).toEqual(startOfDay(u.clock.wall()));
    }
    expect((await u.world.store.outbox.find({ subject: id })).every(({ personId }) => personId === ioana.id)).toBe(
      true,
    );
  });

  it('a voice of it says neither from whom it came nor when', async () => {
    const { id } = await given(3);
    const fileId = u.world.newId<FileId>();
    await u.world.store.files.insert({
      id: fileId,
      version: 0,
      kind: 'voice',
      channel: 'telegram',
      ref: 'v1',
      from: oksana.id,
      receivedAt: u.clock.wall(),
      state: 'known',
      parts: 0,
    });
    await u.as(oksana, addToFeedback, { feedbackId: id, said: { words: '', files: [fileId] } });
    const kept = await u.world.store.files.must(fileId);
    expect(kept).not.toHaveProperty('from');
    expect(kept.receivedAt).toEqual(startOfDay(u.clock.wall()));
    expect(await u.world.store.timers.must(`file-${fileId}`)).toMatchObject({
      setAt: kept.receivedAt,
      dueAt: kept.receivedAt,
    });
  });

  it('the person still hears back, and reads the answer; nobody else does', async () => {
    const { id } = await given(2);
    expect(await u.as(ioana, answerFeedback, { feedbackId: id, words: ' ' })).toMatchObject({
      phrase: { key: 'errors:empty' },
    });
    await u.as(ioana, answerFeedback, { feedbackId: id, words: 'Ne pare rău.' });
    const told = (await rows(oksana)).filter(({ message }) => message);
    expect(told).toMatchObject([
      {
        message: { lines: [{ key: 'feedback:notice.answer' }], buttons: [[{ action: 'feedback.read', subject: id }]] },
      },
    ]);
    expect(told[0]).not.toHaveProperty('subject');
    expect(await u.as(oksana, readFeedback, { feedbackId: id })).toMatchObject({
      result: { answer: { words: 'Ne pare rău.' } },
    });
    expect(await u.as(serhii, readFeedback, { feedbackId: id })).toMatchObject({ is: 'refused' });
    expect(await u.as(andrei, readFeedback, { feedbackId: id })).toMatchObject({ is: 'refused' });
    const journal = (await lines(id)).map(({ type, by }) => [type, by]);
    expect(journal.filter(([, by]) => by === undefined)).toEqual([
      ['feedback.given', undefined],
      ['feedback.read', undefined],
    ]);
    expect(journal.filter(([, by]) => by !== undefined)).toEqual([['feedback.answered', ioana.id]]);
  });

  it('the return address is forgotten after 30 days: then nobody can be answered', async () => {
    const { id } = await given(5);
    await u.fastForward(30 * 24 * 60 + 60);
    expect(await u.world.store.returnAddresses.get(id)).toBeUndefined();
    expect(await u.as(ioana, answerFeedback, { feedbackId: id, words: 'Mulțumim.' })).toMatchObject({
      phrase: { key: 'feedback:staff.addressGone' },
    });
  });
});

describe('with a name', () => {
  it('staff see who, and an answer comes also after the return address is gone', async () => {
    const { id } = await given(4);
    await u.as(oksana, addToFeedback, { feedbackId: id, showName: true });
    expect(await u.world.store.feedback.must(id)).toMatchObject({ personId: oksana.id });
    await u.fastForward(31 * 24 * 60);
    const before = (await rows(oksana)).length;
    await u.as(ioana, answerFeedback, { feedbackId: id, words: 'Mulțumim.' });
    expect((await rows(oksana)).length).toBe(before + 1);
  });
});

describe('who hears, and how often', () => {
  it('a score of 2 or less buzzes at once, better ones come in a quiet card', async () => {
    const low = await given(2);
    const good = await given(5);
    const told = await rows(ioana, 'feedback-new');
    expect(told.find(({ subject }) => subject === low.id)).toMatchObject({ lane: 3 });
    expect(told.find(({ subject }) => subject === good.id)).toMatchObject({ lane: 4 });
  });

  it('one meeting has one opinion, however often a face is pressed', async () => {
    const appointmentId = await met();
    const before = await u.world.store.feedback.count({});
    for (const score of [4, 4, 1]) await u.as(oksana, giveFeedback, { appointmentId, score });
    expect(await u.world.store.feedback.count({})).toBe(before + 1);
  });

  it('nobody speaks for another, or of a meeting that did not take place', async () => {
    const appointmentId = await met();
    expect(await u.as(serhii, giveFeedback, { appointmentId, score: 1 })).toMatchObject({ is: 'refused' });
    expect(await u.as(ioana, giveFeedback, { appointmentId, score: 5 })).toMatchObject({ is: 'refused' });
    await u.as(ioana, markMissed, { appointmentId });
    expect(await u.as(oksana, giveFeedback, { appointmentId, score: 3 })).toMatchObject({ is: 'refused' });
    const { id } = await given(3);
    expect(await u.as(serhii, addToFeedback, { feedbackId: id, said })).toMatchObject({ is: 'refused' });
    expect(await u.as(andrei, answerFeedback, { feedbackId: id, words: 'x' })).toMatchObject({ is: 'refused' });
  });
});
