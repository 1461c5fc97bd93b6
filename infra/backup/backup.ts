import { statSync } from 'node:fs';
import { BSON } from 'mongodb';
import type { Connection, mongo } from 'mongoose';
import { timeOf } from '../mongo.ts';
import { type Numbers, schemaIn } from '../schema/modules.ts';
import { writeFrames } from './frames.ts';
import type { Mac } from './mac.ts';

/** What stands at the head of both files. `counts`: documents by collection, in their order. */
export type Head = {
  format: 'punte-backup';
  formatVersion: 1;
  /** `keys`: the wrapped data keys, kept apart and for 30 days only. */
  part: 'content' | 'keys';
  madeAt: Date;
  schema: Numbers;
  counts: [collection: string, documents: number][];
};

export type Written = { path: string; documents: number; bytes: number };

/** Of this moment only: who works now, and what this program writes about backups. */
export const notKept = ['leases', 'pulses', 'backups'];
const keyCollections = ['keys'];

/** A snapshot is kept by MongoDB for five minutes, unless its operator allows more. */
export class SnapshotTooOld extends Error {
  override readonly name = 'SnapshotTooOld';
}

/**
 * Writes every collection as it was at one instant: content into one file, the wrapped data keys into `<path>.keys`. What is sealed stays sealed;
 * the master key is in neither. Nobody has to stop meanwhile.
 */
export async function makeBackup(
  connection: Connection,
  path: string,
  mac: Mac,
): Promise<{ content: Written; keys: Written }> {
  const madeAt = await timeOf(connection);
  const names = await collectionsOf(connection);
  const schema = (await schemaIn(connection)).numbers;
  const session = connection.getClient().startSession({ snapshot: true });
  const write = async (part: Head['part'], to: string, collections: string[]): Promise<Written> => {
    const counts = await countAll(connection, session, collections);
    const head: Head = { format: 'punte-backup', formatVersion: 1, part, madeAt, schema, counts };
    await writeFrames(to, framesOf(connection, session, head), mac);
    return { path: to, documents: counts.reduce((sum, [, count]) => sum + count, 0), bytes: statSync(to).size };
  };
  try {
    const keys = await write(
      'keys',
      `${path}.keys`,
      names.filter((name) => keyCollections.includes(name)),
    );
    const content = await write(
      'content',
      path,
      names.filter((name) => !keyCollections.includes(name)),
    );
    await noteBackup(connection, madeAt, content.documents);
    return { content, keys };
  } catch (error) {
    if ((error as { code?: number }).code !== 239) throw error;
    throw new SnapshotTooOld(
      'The backup took longer than MongoDB keeps a snapshot. Set its parameter minSnapshotHistoryWindowInSeconds (300) higher, then again.',
    );
  } finally {
    await session.endSession();
  }
}

/** Names of the collections that belong to the office. */
export async function collectionsOf(connection: Connection): Promise<string[]> {
  const all = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  return all
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && !notKept.includes(name))
    .sort();
}

async function countAll(
  { db }: Connection,
  session: mongo.ClientSession,
  names: string[],
): Promise<[string, number][]> {
  const counts: [string, number][] = [];
  for (const name of names) counts.push([name, (await db?.collection(name).countDocuments({}, { session })) ?? 0]);
  return counts;
}

async function* framesOf({ db }: Connection, session: mongo.ClientSession, head: Head): AsyncGenerator<Uint8Array> {
  yield BSON.serialize(head);
  for (const [name] of head.counts) {
    // By id, not as they were written: what one step wrote would lie side by side.
    const cursor = db?.collection(name).find({}, { session, raw: true, batchSize: 500, sort: { _id: 1 } });
    for await (const bytes of cursor ?? []) yield bytes as unknown as Uint8Array;
  }
}

type Note = { _id: string; at: Date; documents: number };

/** When the last one was made, for the doctor. */
async function noteBackup(connection: Connection, at: Date, documents: number): Promise<void> {
  await connection
    .collection<Note>('backups')
    .updateOne({ _id: 'last' }, { $set: { at, documents } }, { upsert: true });
}

/** When the last backup of this database was made. */
export const lastBackup = async (connection: Connection): Promise<Date | undefined> =>
  (await connection.collection<Note>('backups').findOne({ _id: 'last' }))?.at;
