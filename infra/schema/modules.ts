import type { Connection } from 'mongoose';
import type { Migration } from './migration.ts';
import { migrations } from './migrations.ts';

/** Collections that change their shape together; each module carries one schema number in the collection `modules` (`delivery.md` 3). */
export const modules = [
  'people',
  'invitations',
  'cases',
  'alerts',
  'appointments',
  'feedback',
  'notes',
  'messages',
  'requests',
  'erasures',
  'break-glass',
  'duty',
  'office',
  'journal',
  'conversations',
  'mailbox',
  'outbox',
  'timers',
  'files',
  'answers',
  'keys',
] as const;
export type ModuleName = (typeof modules)[number];

/** Schema numbers by module: what a program knows, or what a database holds. */
export type Numbers = Readonly<Record<string, number>>;

/** `isChanging`: a migration to this number, or back to it, has begun and not ended. */
type ModuleRow = { _id: string; schema: number; isChanging?: boolean };

/** The collection of the numbers. What was written there survives a step-down: others have stopped because of it. */
export const modulesOf = (connection: Connection) =>
  connection.collection<ModuleRow>('modules', { writeConcern: { w: 'majority' } });

/** Written into `modules` while a restore runs: no program starts on a database that is half loaded. */
export const restoring = 'restore';

/** What this program knows: one, and one more for each migration. */
export const ownNumbers = (known: readonly Migration[] = migrations): Numbers =>
  Object.fromEntries(
    modules.map((name) => [name, Math.max(1, ...known.filter(({ module }) => module === name).map(({ to }) => to))]),
  );

/** What the database holds. A module without a number has the first one: it is from before there were numbers. */
export async function schemaIn(connection: Connection): Promise<{ numbers: Numbers; changing: string[] }> {
  const rows = await modulesOf(connection).find().toArray();
  return {
    numbers: {
      ...Object.fromEntries(modules.map((name) => [name, 1])),
      ...Object.fromEntries(rows.map(({ _id, schema }) => [_id, schema])),
    },
    changing: rows.flatMap(({ _id, isChanging }) => (isChanging ? [_id] : [])),
  };
}

/** In words for an operator. `isMendable`: a migration up brings the database to what this program knows. */
export type SchemaFault = { says: string; isMendable: boolean };

/** Why this program must not touch the database; nothing when their numbers are the same. */
export function schemaFaults(there: { numbers: Numbers; changing: string[] }, own: Numbers): SchemaFault[] {
  const faults = Object.entries(there.numbers).flatMap(([name, number]) => faultOf(name, number, own[name] ?? 0));
  return faults.length > 0 ? faults : there.changing.map(halfDone);
}

function faultOf(name: string, number: number, known: number): SchemaFault[] {
  if (name === restoring)
    return [{ says: 'a restore began here and did not end: run npm run restore again', isMendable: false }];
  const holds = `the database holds "${name}" in schema ${number}, this program`;
  if (number > known) return [{ says: `${holds} knows ${known}: start the newer program`, isMendable: false }];
  if (number < known) return [{ says: `${holds} needs ${known}: npm run migrate -- up`, isMendable: true }];
  return [];
}

const halfDone = (name: string): SchemaFault => ({
  says: `the migration of "${name}" has begun and not ended: npm run migrate -- up`,
  isMendable: true,
});
