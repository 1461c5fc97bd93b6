import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigFault } from './config-fault.ts';
import { type MasterKeys, masterKeysOf } from './master-keys.ts';

/** The master keys: the current one first, behind it those that are being exchanged. */
export const masterKeys = (config: Config): MasterKeys =>
  masterKeysOf(encryptionKey(config), [
    ...config.olderEncryptionKeys.map((key) => Buffer.from(key, 'base64')),
    ...(config.olderEncryptionKeyFile ? [keyFrom(config.olderEncryptionKeyFile)] : []),
  ]);

/**
 * The 32 bytes that wrap all other keys: ENCRYPTION_KEY, or the file of ENCRYPTION_KEY_FILE, or, with the embedded
 * database only, a key made at the first start and kept beside it. Who loses it loses what it sealed.
 */
export function encryptionKey(config: Config): Buffer {
  if (config.encryptionKey) return Buffer.from(config.encryptionKey, 'base64');
  if (config.encryptionKeyFile) return keyFrom(config.encryptionKeyFile);
  if (config.mongodbUri) throw new ConfigFault(['MONGODB_URI needs ENCRYPTION_KEY or ENCRYPTION_KEY_FILE']);
  const file = join(config.dataDir, 'encryption.key');
  makeKeyFile(file, config.dataDir);
  return keyFrom(file);
}

function makeKeyFile(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function keyFrom(file: string): Buffer {
  const key = keyIn(file);
  if (!key) throw new ConfigFault([`${file} cannot be read, or does not hold 32 bytes in base64`]);
  return key;
}

/** The key in a file; undefined when there is none. */
export function keyIn(file: string): Buffer | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return isKey(text) ? Buffer.from(text, 'base64') : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is 32 bytes in base64. */
export function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text.trim());
}
