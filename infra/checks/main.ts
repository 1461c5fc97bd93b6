import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importFaults } from './imports.ts';
import { proofFaultsIn } from './proofs.ts';
import { readSources } from './source.ts';

const root = join(import.meta.dirname, '..', '..');

/** A check gives its complaints, one line each; none means passed. */
type Check = { readonly name: string; readonly run: () => Promise<string[]> };

const checks: readonly Check[] = [
  { name: 'types (tsc)', run: () => program('typescript/bin/tsc', ['--noEmit', '-p', '.']) },
  {
    name: 'style and faults (biome)',
    run: () => program('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  },
  { name: 'who imports whom', run: async () => importFaults(readSources(root)) },
  { name: 'every failure and goal proven or open', run: async () => proofFaultsIn(root, readSources(root)) },
  { name: 'locales complete', run: localesComplete },
  { name: 'locale types fresh', run: localeTypesFresh },
  { name: 'nothing unused (knip)', run: () => program('knip/bin/knip.js', ['--no-progress', '--no-config-hints']) },
];

const results = await Promise.all(checks.map(perform));
const failed = results.filter((isGood) => !isGood).length;
console.log(`\nChecks: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function perform({ name, run }: Check): Promise<boolean> {
  const startedAt = performance.now();
  const complaints = await run().catch((error: unknown) => [String(error)]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${complaints.length === 0 ? 'pass' : 'FAIL'}  ${name} (${seconds} s)`);
  for (const line of complaints) console.log(`      ${line}`);
  return complaints.length === 0;
}

/** Runs a program of node_modules under this Node; its output are the complaints when it fails. */
function program(path: string, args: readonly string[]): Promise<string[]> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });
    let said = '';
    const hear = (words: Buffer) => {
      said += words;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve([error.message]));
    child.on('close', (code) => resolve(code === 0 ? [] : [...said.trimEnd().split('\n'), `ended with ${code}`]));
  });
}

async function localesComplete(): Promise<string[]> {
  const check = await optional<{ checkLocales: () => string[] }>('locales/check.ts');
  return check ? check.checkLocales() : [];
}

async function localeTypesFresh(): Promise<string[]> {
  const types = await optional<{ isStale: () => boolean }>('locales/make-types.ts');
  return types?.isStale() ? ['locales/texts.d.ts does not fit the Romanian texts: npm run texts'] : [];
}

async function optional<T>(path: string): Promise<T | undefined> {
  const file = join(root, path);
  return existsSync(file) ? import(file) : undefined;
}
