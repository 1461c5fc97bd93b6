import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../setup/programs.ts';

/** A Chromium that starts here, and what it needs in its environment. */
export type BrowserProgram = { readonly path: string; readonly env: Record<string, string> };

const cache = join(import.meta.dirname, '..', '..', '.cache');
const folder = join(cache, 'browser');

/** Finds a browser for the tests: the one npm brought (unpacked once), else one of the computer. Refuses in words. */
export async function findBrowser(): Promise<BrowserProgram> {
  if (!existsSync(join(folder, 'chromium'))) await unpack();
  const own = join(folder, 'chromium');
  const env = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const withLibraries = { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  const installed = [onPath('chromium'), onPath('chromium-browser'), onPath('google-chrome')];
  const candidates = [
    { path: own, env },
    { path: own, env: withLibraries },
    ...installed.flatMap((path) => (path ? [{ path, env: {} }] : [])),
  ];
  const found = candidates.find(starts);
  if (!found) throw new Error('No browser starts here. On Debian: apt-get install chromium');
  return found;
}

function starts({ path, env }: BrowserProgram): boolean {
  return spawnSync(path, ['--version'], { env: { ...process.env, ...env } }).status === 0;
}

/** Unpacks aside and moves it into place, so that a killed run leaves nothing half done. */
async function unpack(): Promise<void> {
  const scratch = join(cache, `browser-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  await withTemporaryFolder(scratch, async () => {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(join(cache, '..', 'node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'));
  });
  writeFileSync(join(scratch, 'fonts.conf'), fonts);
  try {
    renameSync(scratch, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'chromium'))) throw error;
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The package unpacks into the folder for temporary files and cannot be told otherwise. */
async function withTemporaryFolder(path: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = path;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The same fonts on every computer, also on one without any: else line breaks in the tests would differ. */
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;

if (import.meta.main) console.log((await findBrowser()).path);
