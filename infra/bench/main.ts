import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeLog } from '../log.ts';
import { runningServers } from '../setup/running.ts';
import { startServers } from '../setup/servers.ts';
import { bench } from './bench.ts';

const dataDir = join(import.meta.dirname, '..', '..', '.data', `bench-${process.pid}`);

/** `npm run bench`, `npm run bench -- --quick`: own servers for the time of the run, figures as plain lines. */
mkdirSync(dataDir, { recursive: true });
const servers = await startServers({ dataDir, log: makeLog({ name: 'bench', level: 'error' }), isForTests: true });
try {
  const mongodPid = runningServers(dataDir)?.programs.at(-1)?.pid;
  console.log(
    'Telegram is a local stand-in in a process of its own; its processor time is not counted. Waking by BullMQ.',
  );
  await bench({ servers, mongodPid, isQuick: process.argv.includes('--quick'), say: (line) => console.log(line) });
} finally {
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
