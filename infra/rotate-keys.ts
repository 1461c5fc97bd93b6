import type { Connection } from 'mongoose';
import type { Renewed } from '#core/collection.ts';
import type { Store } from '#core/store.ts';
import { keysOf } from './keyring.ts';
import { type MasterKeys, unwrap, wrap } from './master-keys.ts';
import { makeIndexVersion, readRoots, retireIndexVersions } from './root-keys.ts';

const batchSize = 500;

/**
 * Wraps all keys of the database by the current master key, while everybody goes on working; gives how many. Ended at any moment it is simply run
 * again. Afterwards nothing needs an older master key. Each process must know both before it begins.
 */
export async function rewrapKeys(connection: Connection, masters: MasterKeys): Promise<number> {
  const docs = keysOf(connection);
  const [{ id: current }] = masters;
  let count = 0;
  for (;;) {
    const old = await docs
      .find({ wrapped: { $exists: true }, by: { $ne: current } })
      .limit(batchSize)
      .toArray();
    if (old.length === 0) return count;
    const changes = old.flatMap(({ _id, turn, wrapped, by }) => {
      if (!wrapped || !by) return [];
      const name = `${_id}#${turn}`;
      const update = { $set: wrap(masters, name, unwrap(masters, name, { wrapped, by })) };
      return [{ updateOne: { filter: { _id, turn, by }, update } }];
    });
    count += (await docs.bulkWrite(changes, { ordered: false })).modifiedCount;
  }
}

/** Brings all rows into today's form: sealed by the key of their subject, with the digests of the living versions. The journal stays as it was written. */
export async function renewRows(store: Store): Promise<number> {
  let count = 0;
  for (const collection of Object.values(store))
    if ('renew' in collection) count += await renewAll((after) => collection.renew(after, batchSize));
  return count;
}

/** Once after a database of the old form was opened: only what is sealed by its subject's key can be erased with it. */
export async function renewOldForm(connection: Connection, store: Store): Promise<number> {
  const old = await keysOf(connection).findOne({ _id: 'k1', renewedAt: { $exists: false } });
  if (!old) return 0;
  const count = await renewRows(store);
  await keysOf(connection).updateOne({ _id: 'k1' }, { $currentDate: { renewedAt: true } });
  return count;
}

/** Rows that somebody else wrote at that moment are looked at again. */
async function renewAll(renew: (after: string) => Promise<Renewed>): Promise<number> {
  let count = 0;
  for (let hasMissed = true; hasMissed; ) {
    hasMissed = false;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { last, renewed, missed } = await renew(after);
      count += renewed;
      hasMissed ||= missed > 0;
      after = last;
    }
  }
  return count;
}

/**
 * Gives the blind indexes new keys. `everywhere`: waits until each process has learnt of the change. Both versions are written and searched until
 * all rows have the new one; then the older one is destroyed. Ended at any moment it is run again and goes on with the version it has begun.
 */
export async function rotateIndexKeys(
  connection: Connection,
  masters: MasterKeys,
  store: Store,
  everywhere: () => Promise<void>,
): Promise<number> {
  const { index } = await readRoots(connection, masters);
  if (index.length === 1) await makeIndexVersion(connection, masters, index[0].version + 1);
  await everywhere();
  const count = await renewRows(store);
  await retireIndexVersions(connection);
  await everywhere();
  await renewRows(store);
  return count;
}
