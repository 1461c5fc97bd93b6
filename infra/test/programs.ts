import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../setup/ports.ts';

/** A program of the house as a child process: what it said so far, and how it ended. */
export type Program = {
  child: ChildProcess;
  healthPort: number;
  said(): string;
  ended(): Promise<number | null>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts a program as an operator does, by its file below the root and its environment. Each gets a health port of its own. */
export async function startProgram(
  file: string,
  env: Record<string, string | undefined>,
  ...args: string[]
): Promise<Program> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TELEGRAM|SLACK|ENCRYPTION|OFFICE|VITEST)_?/.test(name)),
  );
  const healthPort = await freePort();
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env: { ...clean, HEALTH_PORT: String(healthPort), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (words: string) => (said += words));
  const ended = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return child.exitCode;
  };
  return {
    child,
    healthPort,
    said: () => said,
    ended,
    kill(signal) {
      child.kill(signal);
      return ended();
    },
  };
}

const root = join(import.meta.dirname, '..', '..');
