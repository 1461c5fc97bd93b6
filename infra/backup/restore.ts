import { existsSync } from 'node:fs';
import type { Connection } from 'mongoose';
import type { World } from '#core/world.ts';
import { migrateUp } from '../schema/migrate.ts';
import { modulesOf, ownNumbers, restoring } from '../schema/modules.ts';
import { buildAll } from '../schema/prepare.ts';
import { collectionsOf, type Head, notKept } from './backup.ts';
import { BadBackup } from './frames.ts';
import { holdAndPrepare } from './hold-and-prepare.ts';
import type { Mac } from './mac.ts';
import { batchesOf, checkBackup } from './read-backup.ts';

/** Both files of a backup, checked to their last byte. */
export type Checked = { path: string; keysPath: string; head: Head };

/** Refuses what is cut, altered, of another office, or made by a newer program. `keysPath`: another key file than the one beside it. */
export async function checkFiles(path: string, keysPath: string | undefined, mac: Mac): Promise<Checked> {
  const head = await checkBackup(path, 'content', mac);
  const own = ownNumbers();
  const newer = Object.keys(head.schema).filter((name) => (head.schema[name] ?? 1) > (own[name] ?? 0));
  if (newer.length > 0)
    throw new BadBackup(`${path} was made by a newer program (${newer.join(', ')}). Restore it with that one.`);
  const keys = keysPath ?? `${path}.keys`;
  if (!existsSync(keys))
    throw new BadBackup(
      `${keys} is missing: without the keys nothing sealed can be read. Bring it, or name a younger one: --keys FILE`,
    );
  await checkBackup(keys, 'keys', mac);
  return { path, keysPath: keys, head };
}

/** True when the database holds nothing of an office, and no restore that ended half-way. */
export async function isEmpty(connection: Connection): Promise<boolean> {
  for (const name of await collectionsOf(connection))
    if (await connection.db?.collection(name).findOne({})) return false;
  return true;
}

export type Restoring = {
  connection: Connection;
  files: Checked;
  mac: Mac;
  /** Opens stores and seal; called when the keys are there. */
  openWorld(): Promise<World>;
  /** Erases again what was erased since the backup; gives how many. */
  replayErasures(world: World): Promise<number>;
};

/**
 * Empties the database and loads the backup, keys first, indexes before the content; puts the office into hold; marks what was on its way; erases
 * again. No program starts before its end: one that ended half-way is begun anew. Gives how much was changed.
 */
export async function restore(work: Restoring): Promise<Record<string, number>> {
  const { connection, files, mac } = work;
  await empty(connection);
  await load(connection, files.keysPath, mac);
  const world = await work.openWorld();
  if (isOfOwnSchema(files.head)) await buildAll(world.store);
  const documents = await load(connection, files.path, mac);
  await migrateUp({ connection });
  await buildAll(world.store);
  const rollback = { why: 'restored' as const, lostSince: files.head.madeAt };
  const counts = await holdAndPrepare(connection, world, rollback, work.replayErasures);
  await modulesOf(connection).deleteOne({ _id: restoring });
  return { documents, ...counts };
}

/** All is dropped but the mark that keeps programs from starting. */
async function empty(connection: Connection): Promise<void> {
  const modules = modulesOf(connection);
  await modules.updateOne({ _id: restoring }, { $set: { schema: 1 } }, { upsert: true });
  for (const name of [...(await collectionsOf(connection)), ...notKept])
    if (name !== 'modules') await connection.db?.collection(name).drop();
  await modules.deleteMany({ _id: { $ne: restoring } });
}

/** An older backup gets its indexes with its migrations. */
const isOfOwnSchema = ({ schema }: Head): boolean =>
  Object.entries(ownNumbers()).every(([name, number]) => (schema[name] ?? 1) === number);

async function load(connection: Connection, path: string, mac: Mac): Promise<number> {
  let count = 0;
  for await (const { collection, documents } of batchesOf(path, mac)) {
    await connection.db
      ?.collection(collection)
      .insertMany(documents, { ordered: false, writeConcern: { w: 'majority' } });
    count += documents.length;
  }
  return count;
}
