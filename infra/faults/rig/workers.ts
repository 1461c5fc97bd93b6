import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Order } from './house.ts';
import type { End, Told } from './worker.ts';

/** A worker in a process of its own. */
export type Worker = {
  child: ChildProcess;
  /** It works. */
  ready: Promise<void>;
  tell(what: Told): void;
  /** The signal it ended by, or null. */
  ended: Promise<NodeJS.Signals | null>;
  isGone(): boolean;
  /** SIGKILL unless another signal is named; waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** The process stands still, its lines stay open; `goOn` wakes it. */
  freeze(): void;
  goOn(): void;
};

const program = join(import.meta.dirname, 'worker.ts');
/** What recognises danger is compiled once, not when it is first used and again: a third of the work at each start. */
const flags = ['--max-semi-space-size=32', '--no-regexp-tier-up'];
const compiled = join(import.meta.dirname, '..', '..', '..', '.cache', 'compiled');

/**
 * Starts a worker; `ends` names the points at which it kills itself. What it says otherwise goes to its log file, too. One that `standsBy` works
 * only once it is told to begin.
 */
export function startWorker(order: Order, ends: End[] = [], standsBy = false): Worker {
  mkdirSync(dirname(order.logFile), { recursive: true });
  const said = openSync(`${order.logFile}.said`, 'a');
  const child = spawn(
    process.execPath,
    [...flags, program, JSON.stringify(order), JSON.stringify(ends), ...(standsBy ? ['stands by'] : [])],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: compiled, TZ: 'Pacific/Auckland' },
      stdio: ['ignore', said, said, 'ipc'],
    },
  );
  closeSync(said);
  const ended = new Promise<NodeJS.Signals | null>(
    (resolve) => void child.once('exit', (_, signal) => resolve(signal)),
  );
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (said) => said === 'ready' && resolve());
    void ended.then((signal) =>
      reject(new Error(`the worker ended while starting (${signal}); see ${order.logFile}.said`)),
    );
  });
  ready.catch(() => {});
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    ready,
    ended,
    isGone,
    tell: (what) => void (child.connected && child.send(what, () => {})),
    async kill(signal = 'SIGKILL') {
      if (!isGone()) child.kill(signal);
      await ended;
    },
    freeze: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
  };
}
