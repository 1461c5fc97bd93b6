import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, markOf, type ProcessMark } from './process-mark.ts';
import { onPath, type Program } from './programs.ts';

/** A running database program. */
export type Child = {
  readonly mark: ProcessMark;
  /** Set once it has ended, however it came to that. */
  readonly hasExited: () => boolean;
  /** Calls back once when it ends. */
  readonly onExit: (then: () => void) => void;
  /** The last lines it wrote, for a person. */
  readonly lastWords: () => string;
  /** Ends it and waits; a program that does not listen within 15 seconds is killed. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

/** How a database program is started; `onSpawn` is told the process at once, before it is ready. */
export type Launch = {
  readonly folder: string;
  readonly port: number;
  readonly isForTests: boolean;
  /** Other than the usual ones, for tests that kill: when mongod ends an open transaction. */
  readonly openTransactionSeconds?: number | undefined;
  readonly onSpawn: (mark: ProcessMark) => void;
};

/**
 * Starts a program which Ctrl-C does not reach (we stop it after the app), and which ends when we end: by `setpriv`
 * where the computer has it. Its output goes to a file; the one of the run before is kept as `.old`.
 */
export function startChild(program: Program, args: readonly string[], logFile: string): Child {
  const guard = process.platform === 'linux' ? onPath('setpriv') : undefined;
  const [path, all] = guard ? [guard, ['--pdeathsig', 'TERM', program.path, ...args]] : [program.path, [...args]];
  const output = freshFile(logFile);
  const env = { ...process.env, ...program.env };
  const child = spawn(path, all, { detached: true, stdio: ['ignore', output, output], env });
  closeSync(output);
  child.unref();
  return watch(child, logFile);
}

function watch(child: ChildProcess, logFile: string): Child {
  let isGone = false;
  const followers: (() => void)[] = [];
  const gone = () => {
    if (isGone) return;
    isGone = true;
    for (const then of followers) then();
  };
  child.once('exit', gone);
  child.once('error', gone);
  const mark = markOf(child.pid ?? -1);
  return {
    mark,
    hasExited: () => isGone,
    onExit: (then) => (isGone ? then() : followers.push(then)),
    lastWords: () => lastLines(logFile),
    async end(signal) {
      if (isGone || mark.pid < 0) return;
      child.kill(signal);
      if (await hasEnded(mark, 15_000)) return;
      child.kill('SIGKILL');
      await hasEnded(mark, 5_000);
    },
  };
}

/** Asks until it is true, until the program has ended, or until the time is over (then throws, with its last words). */
export async function untilReady(child: Child, name: string, isReady: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 60_000;
  while (!(await isReady())) {
    if (child.hasExited()) throw new Error(`${name} ended while starting. Its last words:\n${child.lastWords()}`);
    if (performance.now() > until)
      throw new Error(`${name} did not start in 60 s. Its last words:\n${child.lastWords()}`);
    await sleep(30);
  }
}

function freshFile(path: string): number {
  try {
    renameSync(path, `${path}.old`);
  } catch {
    // The first start has no file yet.
  }
  return openSync(path, 'w', 0o600);
}

function lastLines(path: string): string {
  try {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const faults = lines.filter((line) => /"s":"[EF]"/.test(line));
    return (faults.length > 0 ? faults : lines).slice(-3).join('\n');
  } catch {
    return '(nothing)';
  }
}
