import { createHash, randomBytes } from 'node:crypto';
import type { NewId } from '#core/id.ts';

/** Ids of 12 random bytes. */
export const randomIds = (): NewId => (() => randomBytes(12).toString('hex')) as NewId;

/** The same ids for the same seed, for tests and the seeded city. */
export function seededIds(seed: string): NewId {
  let count = 0;
  return (() => createHash('sha256').update(`${seed}:${count++}`).digest('hex').slice(0, 24)) as NewId;
}
