import type { Connection } from 'mongoose';

/** A part that has not beaten for so long has stopped; one that has not for a day belongs to no one any more. */
const silentMs = 30_000;
/** The watch beats once a minute. */
const silentWatchMs = 150_000;
const forgottenMs = 24 * 3_600_000;
const everyMs = 5000;

/** Written by who asks, to see that the database takes it; no part of the house. */
export const asking = 'health';

/** Says in MongoDB that a part of the house works: a majority write, in the database's own time. At most once in five seconds. */
export function pulseOf(connection: Connection): (name: string) => Promise<void> {
  const beatAt = new Map<string, number>();
  return async (name) => {
    const now = performance.now();
    if (now - (beatAt.get(name) ?? -everyMs) < everyMs) return;
    await connection.collection('pulses').updateOne({ _id: name as never }, [{ $set: { at: '$$NOW' } }], {
      upsert: true,
      writeConcern: { w: 'majority' },
    });
    beatAt.set(name, now);
  };
}

/** Parts of the house, in whatever process, that have stopped. */
export async function stoppedParts(connection: Connection): Promise<string[]> {
  const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] });
  const longest = { $cond: [{ $eq: ['$_id', 'watch'] }, silentWatchMs, silentMs] };
  const silent = {
    $expr: { $and: [{ $lt: ['$at', { $subtract: ['$$NOW', longest] }] }, { $gt: ['$at', ago(forgottenMs)] }] },
  };
  const pulses = await connection.collection('pulses').find(silent).toArray();
  return pulses.map(({ _id }) => String(_id)).filter((name) => name !== asking);
}

/** One that beat within this time works, or has ended just now. */
const beatingMs = 12_000;

/** Does anybody work on this database, in whatever process? Whoever does holds a lease or has a pulse; who migrates does not count. */
export async function isSomebodyWorking(connection: Connection): Promise<boolean> {
  const holds = { $expr: { $gt: ['$until', '$$NOW'] }, _id: { $ne: 'migration' as never } };
  const beats = { $expr: { $gt: ['$at', { $subtract: ['$$NOW', beatingMs] }] }, _id: { $ne: asking as never } };
  if (await connection.collection('leases').findOne(holds)) return true;
  return (await connection.collection('pulses').findOne(beats)) !== null;
}
