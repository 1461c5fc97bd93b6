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

/** What this program knows: one, and one more for each migration. */
export const ownNumbers = (known: readonly Migration[] = migrations): Numbers =>
  Object.fromEntries(
    modules.map((name) => [name, Math.max(1, ...known.filter(({ module }) => module === name).map(({ to }) => to))]),
  );

/** What the database holds. A module without a number has the first one: it is from before there were numbers. */
export async function numbersIn(connection: Connection): Promise<Numbers> {
  const found = await connection.collection<{ _id: string; schema: number }>('modules').find().toArray();
  return {
    ...Object.fromEntries(modules.map((name) => [name, 1])),
    ...Object.fromEntries(found.map((one) => [one._id, one.schema])),
  };
}

/** Why this program must not touch the database; nothing when their numbers are the same. */
export function schemaFaults(there: Numbers, own: Numbers): string[] {
  return Object.entries(there).flatMap(([name, number]) => {
    const known = own[name] ?? 0;
    if (number > known)
      return [
        `the database holds ${name} in schema ${number}, this program knows ${known}: start the newer version of the program`,
      ];
    if (number < known)
      return [`the database holds ${name} in schema ${number}, this program needs ${known}: npm run migrate -- up`];
    return [];
  });
}
