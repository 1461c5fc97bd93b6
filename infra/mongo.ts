import mongoose, { type Connection } from 'mongoose';
import type { Store } from '#core/store.ts';

mongoose.set('transactionAsyncLocalStorage', true);
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);

/**
 * Thrown when a step was repeated too often; it is no MongoError, so the driver gives up at once (`recipes.md` 5). Its cause: what the last run ended
 * by, if that was not the commit.
 */
export class TooManyRuns extends Error {
  override readonly name = 'TooManyRuns';
}

const mostRuns = 12;
const longestMs = 8000;

/** One connection of a process. Majority everywhere: what was acknowledged survives a step-down. */
export async function connectMongo(uri: string, dbName?: string): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      ...(dbName ? { dbName } : {}),
      serverSelectionTimeoutMS: 3000,
      maxPoolSize: 40,
      writeConcern: { w: 'majority' },
      readPreference: 'primary',
      retryWrites: true,
    })
    .asPromise();
}

/** What time the database has. */
export async function timeOf({ db }: Connection): Promise<Date> {
  const hello = await db?.admin().command({ hello: 1 });
  return hello?.localTime as Date;
}

/** One transaction, repeated by the driver on a conflict: at most 12 runs or 8 seconds. */
export const transactionOf =
  (connection: Connection) =>
  async <T>(work: () => Promise<T>): Promise<T> => {
    let runs = 0;
    let cause: unknown;
    const until = performance.now() + longestMs;
    return connection.transaction(
      async () => {
        if (runs >= mostRuns || performance.now() > until)
          throw new TooManyRuns(`a step was given up after ${runs} runs`, { cause });
        runs++;
        cause = undefined;
        try {
          return await work();
        } catch (error) {
          cause = error;
          throw error;
        }
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
    ) as Promise<T>;
  };

/** Builds the indexes of every store; called once at the start of a process, quick when they are there. */
export async function buildIndexes(store: Store): Promise<void> {
  for (const collection of Object.values(store)) await collection.buildIndexes();
}

/** Names of the unique indexes that should be there and are not. */
export async function missingUniqueIndexes(connection: Connection, store: Store): Promise<string[]> {
  const missing: string[] = [];
  for (const { name, indexes } of Object.values(store)) {
    const wanted = indexes.filter(({ isUnique }) => isUnique);
    if (wanted.length === 0) continue;
    const there =
      (await connection.db
        ?.collection(name)
        .indexes()
        .catch(() => [])) ?? [];
    for (const { fields } of wanted)
      if (!there.some((index) => index.unique && JSON.stringify(index.key) === JSON.stringify(fields)))
        missing.push(`${name}: ${Object.keys(fields).join(', ')}`);
  }
  return missing;
}
