import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrake } from '../brake.ts';
import { connectMongo } from '../mongo.ts';
import { pulseOf } from '../pulse.ts';
import { testPlace } from '../test/place.ts';
import { migrateDown, migrateUp } from './migrate.ts';
import type { Migration } from './migration.ts';
import { modulesOf, ownNumbers, schemaFaults, schemaIn } from './modules.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await connectMongo(testPlace().mongodbUri);
});
afterAll(() => connection.close());

type Note = { _id: string; text?: string; words?: string };
const notes = () => connection.collection<Note>('try_notes');
const pulses = () => connection.collection<{ _id: string }>('pulses');

let failOnce = false;
/** Renames a field, document by document, so that it can end anywhere and begin again. */
const renamed: Migration = {
  module: 'notes',
  to: 2,
  what: 'the text is called words',
  async up() {
    for (const { _id, text } of await notes()
      .find({ text: { $exists: true } })
      .toArray()) {
      await notes().updateOne({ _id }, { $set: { words: text ?? '' }, $unset: { text: 1 } });
      if (failOnce) {
        failOnce = false;
        throw new Error('ended in the middle');
      }
    }
  },
  async down() {
    for (const { _id, words } of await notes()
      .find({ words: { $exists: true } })
      .toArray())
      await notes().updateOne({ _id }, { $set: { text: words ?? '' }, $unset: { words: 1 } });
  },
};
const second: Migration = { module: 'notes', to: 3, what: 'nothing', up: async () => {}, down: async () => {} };
const list = [renamed, second];
const options = () => ({ connection, list, noticeMs: 300 });
const faults = async (known: readonly Migration[]) =>
  schemaFaults(await schemaIn(connection), ownNumbers(known)).map(({ says }) => says);

beforeEach(async () => {
  await notes().insertMany([
    { _id: 'a', text: 'one' },
    { _id: 'b', text: 'two' },
  ]);
});
afterEach(async () => {
  await notes().deleteMany({});
  await modulesOf(connection).deleteMany({});
  await pulses().deleteMany({});
});

describe('schema numbers of modules (F33)', () => {
  it('a migration goes up and down again, and the numbers with it (F33)', async () => {
    expect(await faults(list)).toEqual([expect.stringContaining('in schema 1, this program needs 3: npm run migrate')]);
    expect(await migrateUp(options())).toBe(2);
    expect((await notes().findOne({ _id: 'a' }))?.words).toBe('one');
    expect(await faults(list)).toEqual([]);
    expect(await migrateUp(options())).toBe(0);

    expect((await migrateDown(options()))?.to).toBe(3);
    expect((await migrateDown(options()))?.to).toBe(2);
    expect(await notes().find().toArray()).toEqual([
      { _id: 'a', text: 'one' },
      { _id: 'b', text: 'two' },
    ]);
    expect(await migrateDown(options())).toBeUndefined();
    expect(await faults([])).toEqual([]);
  });

  it('one that ended in the middle keeps programs out and is begun again (F33)', async () => {
    failOnce = true;
    await expect(migrateUp(options())).rejects.toThrow('ended in the middle');
    expect(await faults([renamed])).toEqual([expect.stringContaining('has begun and not ended')]);
    expect(await migrateUp(options())).toBe(2);
    expect(await notes().countDocuments({ words: { $exists: true } })).toBe(2);
    expect(await faults(list)).toEqual([]);
  });

  it('only one process migrates at a time', async () => {
    await pulseOf(connection)('alerts');
    const done = await Promise.allSettled([migrateUp(options()), migrateUp(options())]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a worker that knows less (R14)', () => {
  it('stops before anything has another shape, and works again when it is taken back (R14)', async () => {
    await pulseOf(connection)('alerts');
    const older = await openBrake({ connection, own: ownNumbers([]) });
    expect(older.isOn()).toBe(false);
    let wasOn = false;
    const watched: Migration = {
      ...renamed,
      async up() {
        wasOn = older.isOn();
      },
    };
    await migrateUp({ connection, list: [watched], noticeMs: 2500 });
    expect(wasOn).toBe(true);
    expect(older.why()).toEqual([
      'the database holds "notes" in schema 2, this program knows 1: start the newer program',
    ]);
    await migrateDown({ connection, list: [watched], noticeMs: 0 });
    await expect.poll(older.isOn, { timeout: 5000 }).toBe(false);
    older.stop();
  });
});
