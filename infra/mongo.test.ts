import { MongoServerError } from 'mongodb';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '#core/store.ts';
import { mongoFindings, transactionFinding } from './cli/doctor-databases.ts';
import { type Log, makeLog } from './log.ts';
import { masterKeysOf } from './master-keys.ts';
import { connectMongo, TooManyRuns, transactionOf } from './mongo.ts';
import { openSeal } from './seal.ts';
import { testPlace } from './test/place.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await connectMongo(testPlace().mongodbUri);
});
afterAll(() => connection.close());

/** What the database says of a step that it has ended by itself, or that wrote what another one holds. */
const ended = () =>
  new MongoServerError({ code: 251, codeName: 'NoSuchTransaction', errorLabels: ['TransientTransactionError'] });

it('a step that is repeated too often says in the log what it was refused with each time', async () => {
  let runs = 0;
  const givenUp = await transactionOf(connection)(async () => {
    runs++;
    throw ended();
  }).catch((error) => error);
  expect(givenUp).toBeInstanceOf(TooManyRuns);
  expect(runs).toBe(12);
  expect(logged((log) => log.error({ err: givenUp }, 'failed')).err).toMatchObject({
    type: 'TooManyRuns',
    cause: { type: 'MongoServerError', code: 251 },
  });
});

it('a step that works in the end is not given up', async () => {
  let runs = 0;
  const work = async () => {
    if (++runs < 4) throw ended();
    return runs;
  };
  expect(await transactionOf(connection)(work)).toBe(4);
});

it('the database of the set-up leaves a step more time than it may take, and frees what a killed one held', async () => {
  expect((await transactionFinding(connection)).is).toBe('ok');
});

it('the doctor of a folder in which nothing was started yet finds an empty database, not missing indexes', async () => {
  const store = openStore(connection, await openSeal(connection, masterKeysOf(Buffer.alloc(32, 7))));
  const of = async () => (await mongoFindings(connection, store)).find(({ about }) => about === 'unique indexes');
  expect((await of())?.is).toBe('look');
  await store.office.put({ ...(await store.office.get()), lastResort: [] });
  expect((await of())?.is).toBe('wrong');
});

// biome-ignore lint/suspicious/noExplicitAny: a line of JSON
function logged(write: (log: Log) => void): any {
  const lines: string[] = [];
  write(makeLog({ name: 'test', level: 'error', to: { write: (line: string) => lines.push(line) } }));
  return JSON.parse(lines.join(''));
}
