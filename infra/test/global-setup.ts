import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeLog } from '../log.ts';
import { runningServers } from '../setup/running.ts';
import { type Servers, startServers } from '../setup/servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    redisUrl: string;
  }
}

const tests = join(import.meta.dirname, '..', '..', '.data', 'tests');

/** The servers of this run: several projects of one run share them; the last one to end stops them. */
type Shared = { servers: Promise<Servers>; users: number };
const run = globalThis as typeof globalThis & { punteTestServers?: Shared };

/** Starts the two test servers once for all test files and tells the files their addresses. */
export default async function startTestServers(project: TestProject): Promise<() => Promise<void>> {
  run.punteTestServers ??= { servers: start(), users: 0 };
  const shared = run.punteTestServers;
  shared.users += 1;
  const servers = await shared.servers;
  project.provide('mongodbUri', servers.mongodbUri);
  project.provide('redisUrl', servers.redisUrl);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    await servers.stop();
    rmSync(folder(), { recursive: true, force: true });
  };
}

const folder = () => join(tests, String(process.pid));

function start(): Promise<Servers> {
  removeLeftOvers();
  const log = makeLog({ name: 'tests', level: 'warn' });
  return startServers({
    dataDir: folder(),
    log,
    isForTests: true,
    mongodbUri: process.env.TEST_MONGODB_URI,
    redisUrl: process.env.TEST_REDIS_URL,
  });
}

/** A test run that was killed leaves its folder behind. */
function removeLeftOvers(): void {
  mkdirSync(tests, { recursive: true });
  for (const name of readdirSync(tests)) {
    const left = join(tests, name);
    if (!runningServers(left)) rmSync(left, { recursive: true, force: true });
  }
}
