import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoClient, MongoNetworkError, MongoServerError } from 'mongodb';
import { type Child, type Launch, startChild, untilReady } from './child.ts';
import { isListening } from './ports.ts';
import { findProgram } from './programs.ts';

/**
 * Seconds after which mongod ends an open transaction. A process that is killed in the middle of a step leaves one behind, and what it has written there
 * (the item of its lane, the conversation, a chain of the journal, the counter of the alerts) is refused to everybody until then: a minute, if nothing is
 * said. Not less than the eight seconds that a step may take (`transactionOf`): three cut off steps of a busy machine that still went on, again and
 * again. Not more, as who writes in danger to whoever was killed waits so long for the team, with 112 before their eyes after two seconds.
 */
const openTransactionSeconds = 10;
const always = [...['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25']];
const endsOpenTransactions = (seconds: number) => ['--setParameter', `transactionLifetimeLimitSeconds=${seconds}`];
const embedded = ['--oplogSize', '990'];
/**
 * For tests. What they drop is gone after half a minute: kept for five, as usual, the files of dropped databases grow to tens of thousands, and mongod ends
 * where it may open no more. A backup reads one moment of the past, so that it cannot be gone at once.
 */
const testParameters = [
  'enableTestCommands=1',
  'ttlMonitorEnabled=false',
  'diagnosticDataCollectionEnabled=false',
  'minSnapshotHistoryWindowInSeconds=30',
];
const forTests = [
  ...['--oplogSize', '64'],
  ...testParameters.flatMap((set) => ['--setParameter', set]),
  '--wiredTigerEngineConfigString',
  // Each test file leaves a database of 130 files: what is not used for half a minute is closed, and its memory serves the next.
  'log=(file_max=8MB,prealloc=false),file_manager=(close_idle_time=30,close_scan_interval=10,close_handle_minimum=250)',
];

/** The address of an embedded mongod; the database of its own is called punte. */
export const mongodUri = (port: number) => `mongodb://127.0.0.1:${port}/punte?replicaSet=rs0`;

/** Starts mongod in a folder and waits until it takes writes. A new port is made known to its replica set. */
export async function startMongod(launch: Launch): Promise<Child> {
  const { folder, port, isForTests, onSpawn } = launch;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = ['--port', String(port), '--dbpath', folder];
  const held = endsOpenTransactions(launch.openTransactionSeconds ?? openTransactionSeconds);
  const args = [...place, ...always, ...held, ...(isForTests ? forTests : embedded)];
  const child = startChild(findProgram('mongod'), args, join(folder, 'mongod.log'));
  onSpawn(child.mark);
  try {
    await untilReady(child, 'mongod', () => isListening(port));
    await makePrimary(child, port);
    return child;
  } catch (error) {
    await child.end('SIGKILL');
    throw error;
  }
}

/** The client is made once the port listens: one whose first connect failed stays closed for ever. */
async function makePrimary(child: Child, port: number): Promise<void> {
  const address = `mongodb://127.0.0.1:${port}/`;
  const client = new MongoClient(address, { directConnection: true, serverSelectionTimeoutMS: 20_000 });
  try {
    await untilReady(child, 'mongod', () => hasJoined(client, `127.0.0.1:${port}`));
    await untilReady(child, 'mongod', () => isPrimary(client));
  } finally {
    await client.close();
  }
}

async function isPrimary(client: MongoClient): Promise<boolean> {
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    return hello.isWritablePrimary === true;
  } catch {
    return false;
  }
}

/** Sees that it is no member of its old set (another port) and then closes all connections: ask again. */
async function hasJoined(client: MongoClient, host: string): Promise<boolean> {
  try {
    await joinReplicaSet(client.db('admin'), host);
    return true;
  } catch (error) {
    if (error instanceof MongoNetworkError) return false;
    throw error;
  }
}

async function joinReplicaSet(admin: Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
  } catch (error) {
    const isSetUpAlready = error instanceof MongoServerError && error.codeName === 'AlreadyInitialized';
    if (!isSetUpAlready) throw error;
    await moveTo(admin, host);
  }
}

async function moveTo(admin: Db, host: string): Promise<void> {
  const { config } = await admin.command({ replSetGetConfig: 1 });
  if (config.members[0].host === host) return;
  const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
  await admin.command({ replSetReconfig: moved, force: true });
}
