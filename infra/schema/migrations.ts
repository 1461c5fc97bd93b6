import type { Migration } from './migration.ts';

/** All of them, in the order in which they are done. */
export const migrations: readonly Migration[] = [];
