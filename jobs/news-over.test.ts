import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import { answerMessage } from '#core/messages/answer-message.ts';
import { readMessage } from '#core/messages/read-message.ts';
import { sendMessage } from '#core/messages/send-message.ts';
import { resubmitNote } from '#core/notes/resubmit-note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import { validateNote } from '#core/notes/validate-note.ts';
import type { Person } from '#core/people/person.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { type Dispatch, dispatcher } from './dispatch.ts';

let u: Universe;
let bot: Dispatch;
let ioana: Person;
let mihai: Person;
let oksana: Person;
let one: Case;
let heard: string[];

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  bot = dispatcher(
    {
      world: u.world,
      channel: 'telegram',
      async send({ rowId, method }) {
        const { card, personId } = await u.world.store.outbox.must(rowId);
        if (method === 'send' && card && personId === ioana.id) heard.push(card);
        if (method === 'send' && card && personId === mihai.id) heard.push(`mihai: ${card}`);
        return { is: 'sent', messageId: rowId, chatId: '1' };
      },
      onError: (_id, error) => {
        throw error;
      },
    },
    { perSecond: 1000, atOnce: 1, kept: 0 },
  );
});
afterAll(() => u.close());

/** Ten in the evening of the same day; what waits for the morning is written after it. */
beforeEach(async () => {
  heard = [];
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  one = await u.case(oksana, ioana, [mihai]);
  const evening = new Date(u.clock.wall());
  evening.setUTCHours(20, 0, 0, 0);
  u.clock.moveTo(new Date(evening.getTime() + 24 * 3_600_000));
});

async function nextMorning(): Promise<string[]> {
  await u.fastForward(11 * 60);
  for (let started = 1; started > 0; ) {
    started = await bot.sweep();
    await bot.rest();
  }
  return heard;
}

const said = (words: string) => ({ words, files: [] });
const text = () => ({
  visitedAt: u.clock.wall(),
  observed: said('Frigiderul este gol.'),
  opinion: said(''),
  next: said(''),
});
async function done<R>(outcome: Promise<{ is: 'done'; result: R } | { is: 'refused' }>): Promise<R> {
  const what = await outcome;
  if (what.is !== 'done') throw new Error('refused');
  return what.result;
}
const submitted = () => done(u.as(mihai, submitNote, { kind: 'visit', caseId: one.id, ...text() }));
const written = async () =>
  (await done(u.as(oksana, sendMessage, { personId: oksana.id, said: said('Чи можна прийти раніше?') }))).message;

describe('news that is over before the quiet hours end is not told [delivery 4]', () => {
  it('a note that still waits for its coordinator is told in the morning', async () => {
    await submitted();
    expect(await nextMorning()).toEqual(['note-to-validate']);
  });

  it('a note validated in the night is not', async () => {
    const { id, version } = await submitted();
    await u.as(ioana, validateNote, { noteId: id, asOf: version, addition: '' });
    expect(await nextMorning()).toEqual(['mihai: note-validated']);
  });

  it('a note returned in the night is not; its writer hears why', async () => {
    const { id, version } = await submitted();
    await u.as(ioana, returnNote, { noteId: id, asOf: version, comment: 'Lipsește ora.' });
    expect(await nextMorning()).toEqual(['mihai: note-returned']);
  });

  it('a note returned and corrected in the night is told once', async () => {
    const { id, version } = await submitted();
    await u.as(ioana, returnNote, { noteId: id, asOf: version, comment: 'Lipsește ora.' });
    await u.as(mihai, resubmitNote, { noteId: id, ...text() });
    expect(await nextMorning()).toEqual(['note-to-validate']);
  });

  it('a message that its reader has opened or answered is not; one that nobody opened is', async () => {
    const opened = await written();
    await done(u.as(ioana, readMessage, { messageId: opened.id }));
    await u.fastForward(30);
    const answered = await written();
    await done(u.as(ioana, answerMessage, { messageId: answered.id, words: 'Da, la 9.', files: [] }));
    expect((await nextMorning()).filter((card) => card === 'message')).toEqual([]);
  });

  it('a message that nobody opened is told in the morning', async () => {
    await written();
    expect((await nextMorning()).filter((card) => card === 'message')).toEqual(['message']);
  });
});
