// The launcher of every npm script. Plain JavaScript for Node 20: it installs the packages, fetches the
// database programs, then runs the file named as its first argument under the Node 26 of node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fetchDatabases } from './fetch-databases.mjs';
import { installPackages } from './install-packages.mjs';
import { alone } from './lock.mjs';
import { node26, root } from './places.mjs';

const needNoDatabase = ['infra/checks/main.ts', 'infra/test/find-browser.ts', 'locales/make-types.ts'];
/** What recognises danger is compiled once, not when it is first used and again: a third of the work at each start, never slower afterwards. */
const flags = ['--no-regexp-tier-up'];
const runWithoutDatabaseToo = ['infra/cli/doctor.ts'];

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

async function main([target, ...rest]) {
  if (!target) throw new Error('Say what to run, for example: npm start');
  const env = withSettingsFile(process.env, target);
  await alone(() => installPackages());
  if (!needNoDatabase.includes(target)) await databasesFor(target, env);
  if (!existsSync(join(root, target))) throw new Error(`${target} is not there (yet), so this command cannot run.`);
  run([...flags, target, ...rest], env);
}

async function databasesFor(target, env) {
  try {
    await alone(() => fetchDatabases(env, isTest(target)));
  } catch (error) {
    if (!runWithoutDatabaseToo.includes(target)) throw error;
    console.error(error.message);
  }
}

/** The settings of `.env` count for the programs of the house, never for its tests; what is set already wins. */
function withSettingsFile(env, target) {
  const file = join(root, '.env');
  if (isTest(target) || !existsSync(file)) return env;
  if (!process.loadEnvFile) throw new Error('There is a .env file, and reading it takes Node 20.12 or newer.');
  process.loadEnvFile(file);
  return process.env;
}

function isTest(target) {
  return target.includes('vitest');
}

function run(args, given) {
  const program = node26();
  const env = { ...given, PATH: `${dirname(program)}${delimiter}${given.PATH ?? ''}` };
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`\nNode 26 could not be started (${program}): ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
