// One set-up at a time in a folder, however many commands are started at once.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './places.mjs';

const file = join(cache, 'setup.lock');
const longestSetUpMs = 15 * 60_000;

/** Runs the work while nobody else of this folder sets up; waits for another one, but not for a dead one. */
export async function alone(work) {
  mkdirSync(cache, { recursive: true });
  let isToldToWait = false;
  while (!take()) {
    if (isStale()) {
      rmSync(file, { force: true });
      continue;
    }
    if (!isToldToWait) console.error('Another command is setting up this folder, waiting for it ...');
    isToldToWait = true;
    await sleep(200);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (Date.now() - statSync(file).mtimeMs > longestSetUpMs) return true;
    if (!pid) return Date.now() - statSync(file).mtimeMs > 2000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
