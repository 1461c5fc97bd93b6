import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const healthPort = await freePort();
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env: { ...clean(), HEALTH_PORT: String(healthPort), ...env },
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

/** A command of an operator, run to its end: what it said, and its exit code. `typed`: what is typed in when it asks. */
export async function runCommand(
  name: string,
  env: Record<string, string | undefined>,
  { args = [], typed = [] }: { args?: string[]; typed?: string[] } = {},
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'infra', 'cli', `${name}.ts`), ...args], {
    env: { ...clean(), ...env },
  });
  const [out, errors] = [text(child.stdout), text(child.stderr)];
  child.stdin.end(typed.map((line) => `${line}\n`).join(''));
  const code = await new Promise<number | null>((resolve) => void child.on('close', resolve));
  return { code, said: (await out) + (await errors) };
}

/** The environment without what would make it an office of its own. */
const clean = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TELEGRAM|SLACK|ENCRYPTION|OFFICE|VITEST)_?/.test(name)),
  );

const root = join(import.meta.dirname, '..', '..');
