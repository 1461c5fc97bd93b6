import { randomBytes } from 'node:crypto';
import type { DataKey, Seal } from '#core/seal.ts';
import { derive } from '../master-keys.ts';
import { derivedFrom } from '../root-keys.ts';
import { sealOver } from '../seal.ts';

/** A seal without a database, for tests of what is drawn and read: all its keys follow from one seed. */
export function loneSeal(seed: number | Uint8Array = randomBytes(32)): Seal {
  const from = typeof seed === 'number' ? Buffer.alloc(32, seed) : seed;
  const key = (name: string): DataKey => ({ turn: 1, bytes: derive(from, name) });
  const give = async (names: readonly string[]) => new Map(names.map((name) => [name, key(name)]));
  const roots = {
    sign: derive(from, 'sign'),
    macOf: derivedFrom(derive(from, 'mac')),
    name: derive(from, 'name'),
    index: [{ version: 1, keyOf: derivedFrom(derive(from, 'index')) }] as const,
  };
  return sealOver({ find: give, make: give, destroy: async () => {} }, () => roots);
}
