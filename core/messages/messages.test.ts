import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { cards } from '../cards.ts';
import { execute, inStep } from '../execute.ts';
import type { DutyId } from '../id.ts';
import type { Message } from '../message.ts';
import { stranger } from '../people/actor.ts';
import type { Person } from '../people/person.ts';
import { addMinutes, toLocal } from '../time.ts';
import { answerMessage } from './answer-message.ts';
import { closeMessage } from './close-message.ts';
import { keepWords } from './keep-words.ts';
import type { KeptMessage } from './kept-message.ts';
import { readMessage } from './read-message.ts';
import { sendMessage } from './send-message.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let carmen: Person;
let mihai: Person;
let oksana: Person;

const plain = { files: [] };
let strangers = 0;
const account = { channel: 'telegram', key: '9001', address: '9001', language: 'uk' } as const;

beforeAll(async () => {
  u = await openUniverse();
  carmen = await u.person('supervisor', 'Carmen Vlad');
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  await u.case(oksana, ioana, [mihai]);
});
beforeEach(() => u.fastForward(10));
afterAll(() => u.close());

async function write(from: Person, text = 'Чи можна прийти раніше?'): Promise<KeptMessage> {
  const sent = await u.as(from, sendMessage, { personId: from.id, said: { words: text, ...plain } });
  if (sent.is !== 'done') throw new Error(sent.phrase.key);
  return sent.result.message;
}

async function strangerWrites(text: string): Promise<KeptMessage> {
  const input = { from: { account }, origin: 'notUnderstood' as const, said: { words: text, ...plain } };
  const kept = await inStep(u.world, `stranger-${++strangers}`, (step) =>
    execute(step, keepWords, { actor: stranger, input }),
  );
  if (kept.is !== 'done') throw new Error(kept.phrase.key);
  return kept.result.message;
}

const notices = (id: string, card = 'message') =>
  u.world.store.outbox.find({ subject: id, method: 'send', card }, { sort: { createdAt: 1 } });
const told = async (id: string, card = 'message') => (await notices(id, card)).map(({ personId }) => personId);
const heardBy = async (person: Person) =>
  (await u.world.store.outbox.find({ personId: person.id, method: 'send' }, { sort: { createdAt: 1 } })).map(
    ({ message }) => message as Message,
  );
const finish = (message: KeptMessage) => u.as(ioana, closeMessage, { messageId: message.id });
const draw = async (id: string, viewer: Person) =>
  cards.message(id, {
    store: u.world.store,
    settings: await u.world.settings(),
    now: u.clock.wall(),
    viewer,
    isNewest: true,
    channel: 'telegram',
  });

describe('a message [ECSILI]', () => {
  it('reaches the coordinator of the case as a card without name and words, to be answered in two working days', async () => {
    const message = await write(oksana);
    expect(await told(message.id)).toEqual([ioana.id]);
    expect(toLocal(message.answerDueAt).toPlainDate().toString()).toBe('2026-11-25');
    const card = JSON.stringify(await draw(message.id, ioana));
    expect(card).not.toMatch(/Оксана|раніше/);
    expect(card).toContain('coordinator:notice.message');
    await finish(message);
  });

  it('is opened only with a reading line, by its reader and not by another coordinator or a technician', async () => {
    const message = await write(oksana);
    expect(await u.as(andrei, readMessage, { messageId: message.id })).toMatchObject({ is: 'refused' });
    expect(await u.as(mihai, readMessage, { messageId: message.id })).toMatchObject({ is: 'refused' });
    expect(await draw(message.id, andrei)).toBeUndefined();
    const opened = await u.as(ioana, readMessage, { messageId: message.id });
    expect(opened).toMatchObject({ is: 'done', result: { state: 'read' } });
    const lines = await u.world.store.journal.about(message.id);
    expect(lines.map(({ type, by }) => [type, by])).toEqual([
      ['message.kept', oksana.id],
      ['message.read', ioana.id],
    ]);
    expect(JSON.stringify(lines)).not.toContain('раніше');
    await finish(message);
  });

  it('is answered into the chat of who wrote: first a neutral line, then name and words, and the voice with it', async () => {
    const message = await write(oksana);
    const voice = u.world.newId<never>();
    expect(
      await u.as(ioana, answerMessage, { messageId: message.id, words: 'Так, приходьте о 9.', files: [voice] }),
    ).toMatchObject({ is: 'done', result: { state: 'answered' } });
    const answer = (await heardBy(oksana)).at(-1);
    expect(answer?.lines[0]).toMatchObject({ key: 'write:notice.answer', params: {} });
    expect(answer?.lines[1]).toMatchObject({
      key: 'write:answer',
      params: { name: 'Ioana Marin', text: { words: 'Так, приходьте о 9.' } },
    });
    expect(answer?.files).toEqual([voice]);
    expect((await draw(message.id, ioana))?.state?.tone).toBe('green');
  });

  it('may be answered twice; the first answer marks it', async () => {
    const message = await write(oksana);
    await u.as(ioana, answerMessage, { messageId: message.id, words: 'Так.', files: [] });
    const again = await u.as(ioana, answerMessage, { messageId: message.id, words: 'І візьміть паспорт.', files: [] });
    expect(again).toMatchObject({
      is: 'done',
      result: { state: 'answered', answers: [{ words: 'Так.' }, { words: 'І візьміть паспорт.' }] },
    });
    expect((await heardBy(oksana)).slice(-2).map(({ lines }) => lines[0]?.key)).toEqual([
      'write:notice.answer',
      'write:notice.answer',
    ]);
  });

  it('without words and without files is refused, as is an empty answer', async () => {
    expect(await u.as(oksana, sendMessage, { personId: oksana.id, said: { words: '  ', ...plain } })).toMatchObject({
      is: 'refused',
      phrase: { key: 'errors:empty' },
    });
    const message = await write(oksana);
    expect(await u.as(ioana, answerMessage, { messageId: message.id, words: '', files: [] })).toMatchObject({
      is: 'refused',
      phrase: { key: 'errors:empty' },
    });
    await finish(message);
  });

  it('written in three lines within two minutes is one message with one notice', async () => {
    const first = await write(oksana, 'Добрий день.');
    await u.fastForward(1);
    const second = await write(oksana, 'Коли можна прийти?');
    expect(second.id).toBe(first.id);
    expect(second.parts.map(({ words }) => words)).toEqual(['Добрий день.', 'Коли можна прийти?']);
    expect(await told(first.id)).toHaveLength(1);
    await finish(first);
  });

  it('that needs no answer is closed as read, and who wrote hears that', async () => {
    const message = await write(oksana, 'Дякую!');
    expect(await finish(message)).toMatchObject({ is: 'done', result: { state: 'closed' } });
    expect((await heardBy(oksana)).at(-1)?.lines).toMatchObject([{ key: 'write:read' }]);
  });

  it('in the night is told in the morning, as only danger breaks the quiet', async () => {
    u.clock.moveTo(new Date('2026-11-23T20:40:00Z'));
    const message = await write(oksana, 'Забула запитати про довідку.');
    const [row] = await notices(message.id);
    expect(
      toLocal(row?.dueAt as Date)
        .toPlainDateTime()
        .toString(),
    ).toBe('2026-11-24T08:00:00');
    expect(toLocal(message.answerDueAt).toPlainDateTime().toString()).toBe('2026-11-26T08:00:00');
    await finish(message);
  });
});

describe('who reads [GUIDE]', () => {
  it('while the coordinator is away the substitute is told, may read and answers in the own name', async () => {
    const now = u.clock.wall();
    const id = u.world.newId<DutyId>();
    await u.world.store.absences.insert({
      id,
      version: 0,
      personId: ioana.id,
      substituteId: andrei.id,
      from: now,
      to: addMinutes(now, 600),
    });
    const message = await write(oksana, 'Чи є новини?');
    expect(await told(message.id)).toEqual([andrei.id]);
    expect(await u.as(andrei, readMessage, { messageId: message.id })).toMatchObject({ is: 'done' });
    await u.as(andrei, answerMessage, { messageId: message.id, words: 'Так.', files: [] });
    expect((await heardBy(oksana)).at(-1)?.lines[1]).toMatchObject({ params: { name: 'Andrei Stan' } });
    await u.world.store.absences.remove({ _id: id });
  });

  it('words of a stranger are read by the supervisor, or by whoever is on duty, and answered at their account', async () => {
    const first = await strangerWrites('Вітаю, де ви є?');
    expect(await told(first.id)).toEqual([carmen.id]);
    await u.fastForward(5);
    await u.onDuty(andrei);
    const message = await strangerWrites('Вітаю, де ви є?');
    expect(await told(message.id)).toEqual([andrei.id]);
    await u.as(andrei, answerMessage, { messageId: message.id, words: 'Вул. Тестова, 1.', files: [] });
    const [row] = await u.world.store.outbox.ofAccount('telegram', account.key);
    expect((row?.message as Message | undefined)?.lines[1]).toMatchObject({ key: 'write:answer' });
    for (const { id } of [first, message]) await u.as(carmen, closeMessage, { messageId: id });
  });

  it('a technician writes to their coordinator', async () => {
    const message = await write(mihai, 'Am nevoie de un sfat.');
    expect(await told(message.id)).toEqual([ioana.id]);
    await finish(message);
  });

  it('a beneficiary answers and reads nothing of others', async () => {
    const message = await write(mihai, 'Întrebare.');
    expect(await u.as(oksana, readMessage, { messageId: message.id })).toMatchObject({ is: 'refused' });
    expect(await u.as(oksana, answerMessage, { messageId: message.id, words: 'x', files: [] })).toMatchObject({
      is: 'refused',
    });
    expect(await u.as(oksana, sendMessage, { personId: mihai.id, said: { words: 'x', ...plain } })).toMatchObject({
      is: 'refused',
    });
    await finish(message);
  });
});

describe('a message nobody answers', () => {
  it('reminds before its day and then daily, on working days only, until it is answered', async () => {
    u.clock.moveTo(new Date('2026-11-26T08:00:00Z'));
    const message = await write(oksana, 'Коли буде відповідь?');
    expect(toLocal(message.answerDueAt).toPlainDateTime().toString()).toBe('2026-12-02T10:00:00');
    await u.fastForward(60 * 24 * 8);
    const reminders = (await notices(message.id, 'message-waiting')).map(({ createdAt }) =>
      toLocal(createdAt).toPlainDateTime().toString().slice(0, 16),
    );
    expect(reminders).toEqual(['2026-12-02T08:00', '2026-12-03T08:00', '2026-12-04T08:00']);
    await u.as(ioana, answerMessage, { messageId: message.id, words: 'Завтра.', files: [] });
    await u.fastForward(60 * 24 * 4);
    expect(await notices(message.id, 'message-waiting')).toHaveLength(3);
  });
});
