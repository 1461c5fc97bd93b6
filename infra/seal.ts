import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { type DataKey, Erased, type KeyIds, type Keys, type Seal, type SealedPlace } from '#core/seal.ts';
import { keysOf, openKeyring } from './keyring.ts';
import { derive, type MasterKeys } from './master-keys.ts';
import { checkMasters, type Roots, readRoots } from './root-keys.ts';

/** A sealed value that was moved, cut or altered, or that another key closed. */
export class BrokenSeal extends Error {}

/** The form before each subject had a key of its own: one key for everything. */
const oldForm = 'k1';
const form = 's2';

/**
 * The seal of a database: its data keys, and the keys for digests, which are made at the first start and stay when the master key changes.
 * Refuses with `MissingMaster` when a stored key needs a master key that is not given.
 */
export async function openSeal(connection: Connection, masters: MasterKeys, askAfterMs?: number): Promise<Seal> {
  await keysOf(connection).createIndexes([{ key: { destroyedAt: 1 }, sparse: true }, { key: { by: 1 } }]);
  await checkMasters(connection, masters);
  let roots = await readRoots(connection, masters);
  const freshened = async () => {
    roots = await readRoots(connection, masters);
  };
  const keyring = openKeyring(connection, masters, { freshened, askAfterMs });
  return sealOver(keyring, () => roots);
}

/** Where data keys come from. */
export type KeySource = {
  find(names: readonly string[]): Promise<Keys>;
  make(names: readonly string[]): Promise<Keys>;
  destroy(keys: readonly { name: string; turn: number }[]): Promise<void>;
};

/** Sealing by keys from a source. Text form `s2.<subject>#<turn>.<nonce|tag|cipher>`; two subjects are joined by `+`. */
export function sealOver({ find, make, destroy }: KeySource, roots: () => Roots): Seal {
  return {
    keysFor: (ids) => make(ids.flat()),
    keysOf: (sealed) => find(sealed.flatMap((text) => partsOf(text).keys.map(({ name }) => name))),
    seal(place, value, ids, keys) {
      const named = namesOf(ids, keys);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', bytesOf(named, keys), nonce).setAAD(aad(place, named.id));
      const body = Buffer.concat([cipher.update(JSON.stringify(value, withDates), 'utf8'), cipher.final()]);
      return `${form}.${named.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open(place, sealed, keys) {
      const { id, keys: named, text } = partsOf(sealed);
      const bytes = Buffer.from(text ?? '', 'base64');
      if (!text || bytes.toString('base64') !== text)
        throw new BrokenSeal(`${place.collection}.${place.field}: not sealed`);
      const key = bytesOf({ id, keys: named }, keys);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
          .setAAD(aad(place, id))
          .setAuthTag(bytes.subarray(12, 28));
        return JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
          reviveDates,
        );
      } catch {
        throw new BrokenSeal(`${place.collection}.${place.field} of ${place.id} does not open`);
      }
    },
    isOld: (sealed) => sealed.startsWith(`${oldForm}.`),
    async living(ids) {
      const found = await find(ids);
      return [...found].flatMap(([name, { turn, bytes }]) => (bytes ? [`${name}#${turn}`] : []));
    },
    destroy: (names) => destroy(names.map(keyNamed)),
    blind: (field, value, bits = 64) => digest(roots().name, `${field}\0${value}`, bits),
    index: (field, value, bits = 64) =>
      roots().index.map(({ version, keyOf }) => {
        const text = digest(keyOf(field), version === 0 ? `${field}\0${value}` : value, bits);
        return version === 0 ? text : `${version}:${text}`;
      }),
    sign: (bytes, length) => createHmac('sha256', roots().sign).update(bytes).digest().subarray(0, length),
    mac: (purpose, bytes) => createHmac('sha256', roots().macOf(purpose)).update(bytes).digest(),
  };
}

const digest = (key: Uint8Array, text: string, bits: number): string =>
  createHmac('sha256', key)
    .update(text)
    .digest()
    .subarray(0, bits / 8)
    .toString('base64url');

type Named = { id: string; keys: { name: string; turn: number }[] };

/** `person:1#1+case:2#1`, and what it names. */
function namesOf(ids: KeyIds, held: Keys): Named {
  const keys = [ids].flat().map((name) => ({ name: name as string, turn: held.get(name)?.turn ?? 0 }));
  return { id: keys.map(({ name, turn }) => `${name}#${turn}`).join('+'), keys };
}

function partsOf(sealed: string): Named & { text: string | undefined } {
  const [begins, id = '', text, more] = sealed.split('.');
  if (begins === oldForm && text === undefined) return { id: oldForm, keys: [{ name: oldForm, turn: 1 }], text: id };
  if (begins !== form || more !== undefined) return { id, keys: [], text: undefined };
  return { id, keys: id.split('+').map(keyNamed), text };
}

function keyNamed(text: string): { name: string; turn: number } {
  const at = text.lastIndexOf('#');
  return { name: text.slice(0, at), turn: Number(text.slice(at + 1)) };
}

/** The key of one subject, or of two together. A turn that is over was destroyed; a key nobody knows is a fault. */
function bytesOf({ id, keys: named }: Named, held: Keys): Uint8Array {
  const all = named.map(({ name, turn }) => oneOf(name, turn, held.get(name)));
  const [first, second] = all;
  if (!first || all.length > 2) throw new BrokenSeal(`no key is named ${id}`);
  return second ? derive(Buffer.concat([first, second]), 'joint') : first;
}

function oneOf(name: string, turn: number, key: DataKey | undefined): Uint8Array {
  if (!key || !(turn >= 1) || turn > key.turn) throw new BrokenSeal(`the key ${name}#${turn} is not there`);
  if (turn < key.turn || !key.bytes) throw new Erased(`the key ${name}#${turn} was destroyed`);
  return key.bytes;
}

const aad = ({ collection, id, field }: SealedPlace, keyId: string) =>
  Buffer.from(`${collection}\0${id}\0${field}\0${keyId}`);

/** Dates stay dates through JSON: `this[key]` is the value before `toJSON`. */
function withDates(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  return original instanceof Date ? { $date: original.toISOString() } : value;
}

function reviveDates(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$date' in value)) return value;
  return new Date((value as { $date: string }).$date);
}
