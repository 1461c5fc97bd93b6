import type { Connection } from 'mongoose';
import type { Store } from '#core/store.ts';
import { buildIndexes, missingUniqueIndexes } from '../mongo.ts';
import { isSomebodyWorking } from '../pulse.ts';
import { MigrationRuns, migrateUp } from './migrate.ts';
import { ownNumbers, type SchemaFault, schemaFaults, schemaIn } from './modules.ts';

/** Thrown when a required unique index is missing: without it something could be done twice. */
export class MissingIndex extends Error {
  override readonly name = 'MissingIndex';
}

/** The database has another shape than this program knows. */
export class OtherSchema extends Error {
  override readonly name = 'OtherSchema';
}

/** A process that has just ended looks alive for so long; then only those that really work are left. */
const longestPatienceMs = 14_000;

type PrepareOptions = {
  connection: Connection;
  store: Store;
  isAlone: boolean;
  onStep?: (words: string) => void;
  patienceMs?: number;
};

/**
 * Before anything starts: the shape that this program knows, and every unique index. Who is alone on the database migrates it and builds the
 * indexes; beside others nothing is changed, and what does not fit refuses the start.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<void> {
  const { connection, store } = options;
  const own = ownNumbers();
  const until = performance.now() + (options.isAlone ? 0 : (options.patienceMs ?? longestPatienceMs));
  let faults = schemaFaults(await schemaIn(connection), own);
  for (;;) {
    if (!faults.every(({ isMendable }) => isMendable)) throw new OtherSchema(inWords(faults));
    if (options.isAlone || !(await isSomebodyWorking(connection))) await mend(options);
    faults = schemaFaults(await schemaIn(connection), own);
    const missing = await missingUniqueIndexes(connection, store);
    if (faults.length === 0 && missing.length === 0) return;
    if (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      continue;
    }
    if (faults.length > 0)
      throw new OtherSchema(`${inWords(faults)}\nOther processes work on this database: stop them first.`);
    throw new MissingIndex(
      `Unique indexes are missing: ${missing.join('; ')}. Nothing was started. Stop all processes, then: npm run migrate -- up`,
    );
  }
}

const inWords = (faults: SchemaFault[]) =>
  `Nothing was started:\n${faults.map(({ says }) => `  - ${says}`).join('\n')}`;

/** Somebody else of this program may be at it; then it is looked again. */
async function mend({ connection, store, onStep }: PrepareOptions): Promise<void> {
  try {
    await migrateUp({ connection, ...(onStep ? { onStep } : {}) });
    await buildAll(store);
  } catch (error) {
    if (!(error instanceof MigrationRuns)) throw error;
  }
}

/** Builds every index; a double entry in the way of a unique one is said in words. */
export async function buildAll(store: Store): Promise<void> {
  try {
    await buildIndexes(store);
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    if (code !== 11000) throw error;
    const [, where = 'a collection'] = /collection: (\S+ index: \S+)/.exec(message) ?? [];
    throw new MissingIndex(
      `A unique index cannot be built: ${where}. Two entries have the same key, so something was done twice. Nothing was started. Mend the entries, then start again.`,
    );
  }
}
