import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, '.cache');

export type ProgramName = 'mongod' | 'redis-server';

/** A program that can be started, and what it needs in its environment to find its libraries. */
export type Program = { readonly path: string; readonly env: Record<string, string> };

/** Finds a database program: the cache of the launcher first, then PATH. Refuses in plain words when there is none. */
export function findProgram(name: ProgramName): Program {
  const cached = join(cache, 'bin', name);
  const path = existsSync(cached) ? cached : onPath(name);
  if (!path) throw new Error(`${name} is not there. "npm start" fetches it; or set MONGODB_URI and REDIS_URL.`);
  const libraries = join(cache, 'lib');
  const isCarryingLibraries = name === 'mongod' && path === cached && existsSync(libraries);
  return { path, env: isCarryingLibraries ? { LD_LIBRARY_PATH: libraries } : {} };
}

/** The full path of a program in PATH, if it is there. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
