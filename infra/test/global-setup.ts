import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeLog } from '../log.ts';
import { runningServers } from '../setup/running.ts';
import { startServers } from '../setup/servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    redisUrl: string;
  }
}

const tests = join(import.meta.dirname, '..', '..', '.data', 'tests');

/** Starts the two test servers once for all test files and tells the files their addresses. */
export default async function startTestServers(project: TestProject): Promise<() => Promise<void>> {
  removeLeftOvers();
  const dataDir = join(tests, String(process.pid));
  const servers = await startServers({
    dataDir,
    log: makeLog({ name: 'tests', level: 'warn' }),
    isForTests: true,
    mongodbUri: process.env.TEST_MONGODB_URI,
    redisUrl: process.env.TEST_REDIS_URL,
  });
  project.provide('mongodbUri', servers.mongodbUri);
  project.provide('redisUrl', servers.redisUrl);
  return async () => {
    await servers.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A test run that was killed leaves its folder behind. */
function removeLeftOvers(): void {
  mkdirSync(tests, { recursive: true });
  for (const name of readdirSync(tests)) {
    const folder = join(tests, name);
    if (!runningServers(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
