import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What was erased must not come back from a backup: its data key lies in no key file older than this (`delivery.md` 7). */
export const keyFileDays = 30;

/** Where backups go when nothing is said, and how they are called there: `punte-2026-11-26T20-05-00Z.backup`. */
export function defaultPath(dataDir: string, at: Date): string {
  const folder = join(dataDir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `punte-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`);
}

/** Removes key files of the default folder that are too old; gives their names. Copies kept elsewhere are their keeper's to remove. */
export function forgetOldKeys(dataDir: string, now: Date): string[] {
  const folder = join(dataDir, 'backups');
  const before = now.getTime() - keyFileDays * 24 * 3_600_000;
  const old = keyFilesIn(folder).filter((name) => statSync(join(folder, name)).mtimeMs < before);
  for (const name of old) rmSync(join(folder, name));
  return old;
}

function keyFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^punte-.*\.backup\.keys$/.test(name));
  } catch {
    return [];
  }
}
