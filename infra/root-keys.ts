import { createDecipheriv, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { keysOf } from './keyring.ts';
import { derive, type MasterKeys, missing, unwrap, wrap } from './master-keys.ts';

/** A version of the keys of the blind indexes; version 0 is the one from before there were versions. */
type IndexKey = { version: number; keyOf: (field: string) => Uint8Array };

/** Keys of digests, wrapped like any data key: they stay as they are when the master key changes. */
export type Roots = {
  sign: Uint8Array;
  macOf: (purpose: string) => Uint8Array;
  /** Of names that stay for good: lanes, gates, codes. */
  name: Uint8Array;
  /** The newest first. */
  index: readonly [IndexKey, ...IndexKey[]];
};

const indexPrefix = 'root:index:';
const names = ['root:sign', 'root:mac', 'root:name'] as const;

/**
 * Reads the roots, and makes those that are not there: drawn by chance, or, for a database from before there were data keys, as they followed from its
 * master key, so that lanes, digests and buttons stay. Refuses with `MissingMaster` when any stored key needs another master key.
 */
export async function readRoots(connection: Connection, masters: MasterKeys): Promise<Roots> {
  const docs = keysOf(connection);
  const read = await docs.find({ _id: /^root:/ }).toArray();
  if (read.length < names.length + 1) {
    await makeRoots(connection, masters);
    return readRoots(connection, masters);
  }
  const known = new Map(
    read.flatMap(({ _id, turn, wrapped, by }) =>
      wrapped && by ? [[_id, unwrap(masters, `${_id}#${turn}`, { wrapped, by })] as const] : [],
    ),
  );
  const root = (name: (typeof names)[number]): Uint8Array => {
    const found = known.get(name);
    if (!found) throw new Error(`the key ${name} is missing`);
    return found;
  };
  const index = [...known]
    .filter(([name]) => name.startsWith(indexPrefix))
    .map(([name, bytes]) => indexKeyOf(versionOf(name), bytes))
    .sort((a, b) => b.version - a.version);
  const [first, ...older] = index;
  if (!first) throw new Error('the key of the blind indexes is missing');
  return {
    sign: root('root:sign'),
    macOf: derivedFrom(root('root:mac')),
    name: root('root:name'),
    index: [first, ...older],
  };
}

/** Refuses when a stored key was wrapped by a master key that is not given. */
export async function checkMasters(connection: Connection, masters: MasterKeys): Promise<void> {
  const given = masters.map(({ id }) => id);
  const by: unknown[] = await keysOf(connection).distinct('by');
  const unknown = by.filter((id) => typeof id === 'string').filter((id) => !given.includes(id));
  if (unknown.length > 0) throw missing(unknown, masters);
}

/** Begins a version of the keys of the blind indexes: from now on digests of both are written and searched. */
export const makeIndexVersion = (connection: Connection, masters: MasterKeys, version: number): Promise<void> =>
  makeRoot(connection, masters, `${indexPrefix}${version}`, randomBytes(32));

/** Destroys all versions but the newest. */
export async function retireIndexVersions(connection: Connection): Promise<void> {
  const living = await keysOf(connection)
    .find({ _id: /^root:index:/, wrapped: { $exists: true } }, { projection: { _id: 1 } })
    .toArray();
  const newest = Math.max(...living.map(({ _id }) => versionOf(_id)));
  const older = living.map(({ _id }) => _id).filter((name) => versionOf(name) < newest);
  await keysOf(connection).updateMany(
    { _id: { $in: older } },
    { $unset: { wrapped: 1, by: 1 }, $currentDate: { destroyedAt: true } },
  );
}

const versionOf = (name: string): number => Number(name.slice(indexPrefix.length));

function indexKeyOf(version: number, bytes: Uint8Array): IndexKey {
  return { version, keyOf: version === 0 ? () => bytes : derivedFrom(bytes) };
}

/** An own key per purpose, derived once. */
export function derivedFrom(bytes: Uint8Array): (purpose: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (purpose) => {
    const key = known.get(purpose) ?? derive(bytes, purpose);
    known.set(purpose, key);
    return key;
  };
}

async function makeRoots(connection: Connection, masters: MasterKeys): Promise<void> {
  const old = await oldMaster(connection, masters);
  const from = (purpose: string) => (old ? derive(old, purpose) : randomBytes(32));
  const made: [string, Uint8Array][] = [
    ...(old ? [['k1', derive(old, 'seal')] as [string, Uint8Array]] : []),
    ['root:mac', randomBytes(32)],
    ['root:sign', from('sign')],
    ['root:name', from('blind')],
    [`${indexPrefix}${old ? 0 : 1}`, from('blind')],
  ];
  for (const [name, bytes] of made) await makeRoot(connection, masters, name, bytes);
}

async function makeRoot(connection: Connection, masters: MasterKeys, name: string, bytes: Uint8Array): Promise<void> {
  await keysOf(connection).updateOne(
    { _id: name },
    { $setOnInsert: { turn: 1, ...wrap(masters, `${name}#1`, bytes) } },
    { upsert: true },
  );
}

/** The master key from which everything followed in a database of the old form; undefined for a fresh one. */
async function oldMaster(connection: Connection, masters: MasterKeys): Promise<Uint8Array | undefined> {
  const sealed = await oldValue(connection);
  if (!sealed) return undefined;
  const master = masters.find(({ bytes }) => opensOld(bytes, sealed));
  if (!master) throw missing(['it was begun with'], masters);
  return master.bytes;
}

type OldValue = { aad: string; text: string };

/** Any value of the old form: what people, the journal, conversations or the outbox hold. */
async function oldValue(connection: Connection): Promise<OldValue | undefined> {
  const places = [
    ['people', 'name'],
    ['journal', 'fields'],
    ['outbox', 'address'],
    ['mailbox', 'body'],
    ['answers', 'answer'],
  ] as const;
  for (const [collection, field] of places) {
    const row = await connection.collection<Record<string, unknown>>(collection).findOne({ [field]: /^k1\./ });
    if (row)
      return { aad: `${collection}\0${String(row._id)}\0${field}\0k1`, text: String(row[field]).slice('k1.'.length) };
  }
  return undefined;
}

function opensOld(master: Uint8Array, { aad, text }: OldValue): boolean {
  const bytes = Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', derive(master, 'seal'), bytes.subarray(0, 12))
      .setAAD(Buffer.from(aad))
      .setAuthTag(bytes.subarray(12, 28));
    decipher.update(bytes.subarray(28));
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
