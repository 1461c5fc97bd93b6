import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, markOf, type ProcessMark } from './process-mark.ts';

/** Who uses a data folder at the moment, and under which addresses its databases answer. */
export type Running = {
  readonly owner: ProcessMark;
  readonly mongodbUri?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly programs: readonly ProcessMark[];
};

/** Somebody else runs in this data folder. */
export class AlreadyRunning extends Error {
  readonly running: Running;

  constructor(running: Running) {
    super(
      `"npm start" is already running in this folder (process ${running.owner.pid}). Stop it first, with Ctrl-C in its window.`,
    );
    this.name = 'AlreadyRunning';
    this.running = running;
  }
}

/** The addresses of a running `npm start`, for commands beside it; undefined when nobody runs. */
export function runningServers(dataDir: string): Running | undefined {
  const running = read(fileIn(dataDir));
  return running && isAlive(running.owner) ? running : undefined;
}

/**
 * Takes the data folder for this process, or throws `AlreadyRunning`. What a dead owner left is taken over; gives back
 * the database programs it may have left running.
 */
export function takeFolder(dataDir: string): readonly ProcessMark[] {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = fileIn(dataDir);
  let left: readonly ProcessMark[] = [];
  while (!create(file)) {
    const found = read(file);
    if (found && isAlive(found.owner)) throw new AlreadyRunning(found);
    left = found?.programs ?? left;
    removeStale(file);
  }
  return left;
}

/** Writes down the addresses, for `runningServers`. */
export function noteRunning(dataDir: string, running: Omit<Running, 'owner'>): void {
  replace(fileIn(dataDir), { owner: markOf(process.pid), ...running });
}

/** Gives the data folder back. */
export function leaveFolder(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

const fileIn = (dataDir: string) => join(dataDir, 'running.json');

/** The file appears whole or not at all: a link to a finished one. */
function create(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ owner: markOf(process.pid), programs: [] }), { mode: 0o600 });
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Two may find the same stale file: whoever moves away a living one by mistake puts it back. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = read(aside);
    if (moved && isAlive(moved.owner)) linkSync(aside, file);
  } catch {
    // Another one was faster; the loop looks again.
  } finally {
    rmSync(aside, { force: true });
  }
}

function replace(file: string, running: Running): void {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(running), { mode: 0o600 });
  renameSync(mine, file);
}

function read(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
