import type { Connection } from 'mongoose';
import { holdLease } from '../lease.ts';
import { isSomebodyWorking } from '../pulse.ts';
import type { Migration } from './migration.ts';
import { migrations } from './migrations.ts';
import { modulesOf, schemaIn } from './modules.ts';

export type MigrateOptions = {
  connection: Connection;
  list?: readonly Migration[];
  /** Told before each, for the operator. */
  onStep?: (words: string) => void;
  /** Others that work on this database get so long to see that they must stop. */
  noticeMs?: number;
};

/** Another process migrates at this moment. */
export class MigrationRuns extends Error {
  override readonly name = 'MigrationRuns';
}

/** Others look each second; one that could not look for this long has stopped by itself (`infra/brake.ts`). */
const longestBlindMs = 16_000;

/** Does what is missing, in order; each may be begun again. Gives how many were done. */
export const migrateUp = (options: MigrateOptions): Promise<number> =>
  alone(options, async () => {
    const { connection, list = migrations } = options;
    let done = 0;
    for (const one of list) {
      const { numbers, changing } = await schemaIn(connection);
      const there = numbers[one.module] ?? 1;
      const isHalf = there === one.to && changing.includes(one.module);
      if (there >= one.to && !isHalf) continue;
      await change(options, one, one.to, () => one.up(connection));
      done += 1;
    }
    return done;
  });

/** Takes back the newest one that is done; undefined when there is none. */
export const migrateDown = (options: MigrateOptions): Promise<Migration | undefined> =>
  alone(options, async () => {
    const { connection, list = migrations } = options;
    const { numbers, changing } = await schemaIn(connection);
    const isDone = ({ module, to }: Migration) =>
      (numbers[module] ?? 1) >= to || ((numbers[module] ?? 1) === to - 1 && changing.includes(module));
    const last = list.findLast(isDone);
    if (last) await change(options, last, last.to - 1, () => last.down(connection));
    return last;
  });

/** The number comes first: from then on every program that does not know it stops, before anything has another shape. */
async function change(
  { connection, onStep = () => {}, noticeMs = longestBlindMs }: MigrateOptions,
  { module, what }: Migration,
  schema: number,
  work: () => Promise<void>,
): Promise<void> {
  onStep(`${module} to schema ${schema}: ${what}`);
  const rows = modulesOf(connection);
  await rows.updateOne({ _id: module }, { $set: { schema, isChanging: true } }, { upsert: true });
  if (await isSomebodyWorking(connection)) await new Promise((resolve) => setTimeout(resolve, noticeMs));
  await work();
  await rows.updateOne({ _id: module }, { $unset: { isChanging: 1 } });
}

const leaseMs = 15_000;

async function alone<T>({ connection }: MigrateOptions, work: () => Promise<T>): Promise<T> {
  const holder = `${process.pid}-${performance.now()}`;
  const lease = await holdLease({ connection, name: 'migration', holder, ms: leaseMs, onError: () => {} });
  try {
    if (!lease.isOurs())
      throw new MigrationRuns('Another process migrates this database. Wait for its end, then again.');
    return await work();
  } finally {
    await lease.stop();
  }
}
