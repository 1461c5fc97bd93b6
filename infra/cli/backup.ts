import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from '../backup/backup.ts';
import { defaultPath, forgetOldKeys, keyFileDays } from '../backup/key-files.ts';
import { backupMac } from '../backup/mac.ts';
import { masterKeys } from '../encryption-key.ts';
import { timeOf } from '../mongo.ts';
import { onDatabase, Unusable } from './office-command.ts';

/** `npm run backup -- [--to FILE]`: one consistent copy of the database, beside a running system. */
await onDatabase('backup', async ({ config, connection }) => {
  const now = await timeOf(connection);
  const path = wishedPath() ?? defaultPath(config.dataDir, now);
  const startedAt = performance.now();
  const { content, keys } = await makeBackup(connection, path, backupMac(masterKeys(config)));
  const seconds = (performance.now() - startedAt) / 1000;
  const perTenThousand = (seconds / Math.max(1, content.documents)) * 10_000;
  const forgotten = forgetOldKeys(config.dataDir, now);
  console.log(`
Written in ${seconds.toFixed(1)} s (${perTenThousand.toFixed(2)} s for 10,000 documents):
  ${content.path}   ${content.documents} documents, ${inKb(content.bytes)}
  ${keys.path}   ${keys.documents} wrapped keys, ${inKb(keys.bytes)}

Keep them apart, and both off this computer:
  - the first may be kept as long as you like: without the keys nobody reads what is sealed in it;
  - the key file ${keyFileDays} days only, or what was erased could come back. ${forgotten.length} older ones were removed from the default folder;
  - ENCRYPTION_KEY is in neither. Keep a copy of it at a third place: without it both are worth nothing.
To bring it back: npm run restore -- --from ${content.path}
`);
});

function wishedPath(): string | undefined {
  try {
    const { values } = parseArgs({ options: { to: { type: 'string' } } });
    return values.to && resolve(values.to);
  } catch {
    throw new Unusable('npm run backup -- [--to FILE]');
  }
}

function inKb(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} kB`;
}
