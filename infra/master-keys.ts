import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** A key that wraps data keys. Its id, a short digest, is written beside what it wrapped. */
export type MasterKey = { id: string; bytes: Uint8Array };

/** The one that wraps what is new, first; behind it the older ones that still open what they wrapped. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];

/** A data key as it is stored. */
export type Wrapped = { wrapped: string; by: string };

/** Keys were wrapped by a master key that is not given; nothing starts. The message says what to do. */
export class MissingMaster extends Error {
  override readonly name = 'MissingMaster';
}

/** Master keys of 32 bytes each, the current one first. */
export function masterKeysOf(current: Uint8Array, older: readonly Uint8Array[] = []): MasterKeys {
  return [masterKeyOf(current), ...older.map(masterKeyOf)];
}

function masterKeyOf(bytes: Uint8Array): MasterKey {
  if (bytes.length !== 32) throw new Error('An encryption key must be 32 bytes.');
  return { id: createHash('sha256').update('punte-mistok master\0').update(bytes).digest('hex').slice(0, 8), bytes };
}

/** Wraps 32 bytes by the current master key. AAD = the name of what is wrapped, so that keys cannot change places. */
export function wrap([{ id, bytes }]: MasterKeys, name: string, key: Uint8Array): Wrapped {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return { wrapped: Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64'), by: id };
}

/** The 32 bytes again; throws when they were altered or moved, and `MissingMaster` when nobody here can open them. */
export function unwrap(masters: MasterKeys, name: string, { wrapped, by }: Wrapped): Uint8Array {
  const master = masters.find(({ id }) => id === by);
  if (!master) throw missing([by], masters);
  const bytes = Buffer.from(wrapped, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', master.bytes, bytes.subarray(0, 12))
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}

/** An own key for one purpose. */
export const derive = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, 'punte-mistok', purpose, 32));

/** What is said when keys of the database need master keys that are not given. */
export const missing = (ids: readonly string[], masters: MasterKeys): MissingMaster =>
  new MissingMaster(
    `The database holds keys that were wrapped by the encryption key ${ids.join(', ')}, and ${
      masters.length > 1 ? 'none of those given has that number' : `the one given is ${masters[0].id}`
    }. Nothing was started. Give the right ENCRYPTION_KEY; while a key is being exchanged, the older one as ENCRYPTION_KEY_OLD.`,
  );
