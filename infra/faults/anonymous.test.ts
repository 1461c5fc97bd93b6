import { afterAll, beforeAll, expect, it } from 'vitest';
import { execute, inStep } from '#core/execute.ts';
import { answerFeedback } from '#core/feedback/answer-feedback.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { laneOfAccount } from '#core/seal.ts';
import { startOfDay } from '#core/time.ts';
import { connectMongo } from '../mongo.ts';
import { cityPerson } from '../rehearsal/people.ts';
import { testPlace } from '../test/place.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
let oksana: Person;
let ioana: Person;
beforeAll(async () => {
  town = await openTown();
  oksana = await inTown('oksana', 'telegram');
  ioana = await inTown('ioana', 'slack');
});
afterAll(() => town.stop());

async function inTown(id: string, channel: 'telegram' | 'slack'): Promise<Person> {
  const found = await town.world.store.people.withAccount(channel, cityPerson(id).account);
  if (!found) throw new Error(`${id} is not on file`);
  return found;
}

type Row = { where: string; text: string; times: number[] };

/** Every document of the database as it lies there, with the instants in it; those that tell a day only are none. */
async function dump(): Promise<Row[]> {
  const connection = await connectMongo(testPlace().mongodbUri);
  try {
    const names = (await connection.db?.listCollections().toArray())?.map(({ name }) => name) ?? [];
    const rows: Row[] = [];
    for (const name of names)
      for (const one of (await connection.db?.collection(name).find({}).toArray()) ?? [])
        rows.push({ where: name, text: JSON.stringify(one), times: instantsIn(one) });
    return rows;
  } finally {
    await connection.close();
  }
}

function instantsIn(value: unknown): number[] {
  if (value instanceof Date) return startOfDay(value).getTime() === value.getTime() ? [] : [value.getTime()];
  if (typeof value === 'number') return value > 1e12 ? [Math.floor(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(instantsIn) : [];
}

/** Rows that name somebody: by the id of the person, or by the lane of an account. */
function rowsOf(person: Person, all: Row[]): Row[] {
  const marks = [
    person.id,
    ...person.accounts.map(({ channel, key }) => laneOfAccount(town.world.seal, channel, key)),
    ...person.accounts.flatMap(({ channel, key }) => town.world.seal.index('outbox.account', `${channel}:${key}`)),
  ];
  return all.filter(({ text }) => marks.some((mark) => text.includes(mark)));
}

/** Nothing that is about this opinion can be laid beside a row of its author. */
async function leadsNowhere(feedbackId: string): Promise<void> {
  const all = await dump();
  const ofAuthor = rowsOf(oksana, all);
  const ofOpinion = all.filter(({ text }) => text.includes(feedbackId));
  expect(ofAuthor.filter(({ text }) => text.includes(feedbackId)).map(({ where }) => where)).toEqual([]);
  const instants = new Set(ofAuthor.flatMap(({ times }) => times));
  expect([...new Set(ofAuthor.map(({ where }) => where))]).toEqual(expect.arrayContaining(['mailbox', 'outbox']));
  expect([...new Set(ofOpinion.map(({ where }) => where))]).toEqual(
    expect.arrayContaining(['feedback', 'journal', 'outbox', 'timers']),
  );
  const shared = ofOpinion.filter(({ times }) => times.some((at) => instants.has(at)));
  expect(shared.map(({ where, text }) => `${where}: ${text}`)).toEqual([]);
}

it('no time and no id in the database leads from an anonymous opinion to whoever gave it, nor from its answer [ECSILI] (S2)', async () => {
  await town.forward(28 * 60 + 30);
  await town.taps('oksana', '🙁');
  await town.says('oksana', 'Довго чекали в коридорі.');
  await town.taps('oksana', 'Без імені');
  await town.taps('oksana', 'Так');
  const [feedback] = await town.world.store.feedback.find({});
  if (!feedback) throw new Error('no opinion');
  expect(town.heard('ioana').join('\n')).toContain('AR-07');
  await leadsNowhere(feedback.id);

  await town.forward(37);
  const actor = await askerFor(ioana, { store: town.world.store, now: town.world.clock.wall() });
  const input = { feedbackId: feedback.id, words: 'Ne cerem scuze.' };
  const key = town.world.newId<string>();
  const done = await inStep(town.world, key, (step) => execute(step, answerFeedback, { actor, input }), true);
  expect(done.is).toBe('done');
  await town.settle();
  await leadsNowhere(feedback.id);

  await town.forward(11);
  await town.taps('oksana', 'Прочитати');
  expect(town.sees('oksana').join('\n')).toContain('Ne cerem scuze.');
  await leadsNowhere(feedback.id);
});
