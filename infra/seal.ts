import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Seal, SealedPlace } from '#core/seal.ts';

/** A sealed value that was moved, cut or altered, or that another key closed. */
export class BrokenSeal extends Error {}

const keyId = 'k1';

/**
 * AES-256-GCM of Node's crypto: random 96-bit nonce, AAD = collection, document id, field, key id. Text form `k1.<nonce|tag|cipher>`.
 * Keys for sealing, blind indexes and buttons are derived from the one master key.
 */
export function makeSeal(masterKey: Buffer): Seal {
  if (masterKey.length !== 32) throw new Error('The encryption key must be 32 bytes.');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, 'punte-mistok', purpose, 32));
  const sealing = derive('seal');
  const blinding = derive('blind');
  const signing = derive('sign');

  return {
    seal(place, value) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(aad(place));
      const body = Buffer.concat([cipher.update(JSON.stringify(value, withDates), 'utf8'), cipher.final()]);
      return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open(place, sealed) {
      const [id, text] = sealed.split('.');
      if (id !== keyId || !text) throw new BrokenSeal(`${place.collection}.${place.field}: unknown key`);
      const bytes = Buffer.from(text, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
          .setAAD(aad(place))
          .setAuthTag(bytes.subarray(12, 28));
        return JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
          reviveDates,
        );
      } catch {
        throw new BrokenSeal(`${place.collection}.${place.field} of ${place.id} does not open`);
      }
    },
    blind: (field, value, bits = 64) =>
      createHmac('sha256', blinding)
        .update(`${field}\0${value}`)
        .digest()
        .subarray(0, bits / 8)
        .toString('base64url'),
    sign: (bytes, length) => createHmac('sha256', signing).update(bytes).digest().subarray(0, length),
  };
}

const aad = ({ collection, id, field }: SealedPlace) => Buffer.from(`${collection}\0${id}\0${field}\0${keyId}`);

/** Dates stay dates through JSON: `this[key]` is the value before `toJSON`. */
function withDates(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  return original instanceof Date ? { $date: original.toISOString() } : value;
}

function reviveDates(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$date' in value)) return value;
  return new Date((value as { $date: string }).$date);
}
