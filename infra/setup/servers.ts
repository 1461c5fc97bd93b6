import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { type KeptServer, keepRunning } from './kept-server.ts';
import { mongodUri, startMongod } from './mongod.ts';
import { hasEnded, type ProcessMark } from './process-mark.ts';
import type { ProgramName } from './programs.ts';
import { redisServerUrl, startRedisServer } from './redis-server.ts';
import { leaveFolder, noteRunning, takeFolder } from './running.ts';

export type ServersWishes = {
  /** Where the embedded servers keep their data. One process at a time. */
  readonly dataDir: string;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Fast to start, small on disk, fault commands on, nothing kept: never for a person's data. */
  readonly isForTests?: boolean;
  /** Other than the usual ones, for tests that kill: when mongod ends an open transaction. */
  readonly openTransactionSeconds?: number;
  /** A server given from outside is used as it is and not started here. */
  readonly mongodbUri?: string | undefined;
  readonly redisUrl?: string | undefined;
};

/** What the rehearsal city and tests may do to an embedded server; undefined for one from outside. */
export type Servers = {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  /** Ends the embedded servers, Redis first. May be called twice. */
  readonly stop: () => Promise<void>;
  readonly redis: { readonly stop: () => Promise<void>; readonly start: () => Promise<void> } | undefined;
  readonly mongo: { readonly pause: () => Promise<void>; readonly resume: () => Promise<void> } | undefined;
};

/**
 * Starts mongod and redis-server on loopback for which no outside address is given, with their data in `dataDir`.
 * Throws `AlreadyRunning` when another process uses that folder.
 */
export async function startServers(wishes: ServersWishes): Promise<Servers> {
  const { dataDir, mongodbUri, redisUrl } = wishes;
  if (mongodbUri && redisUrl) return { mongodbUri, redisUrl, stop: async () => {}, redis: undefined, mongo: undefined };

  await endLeftOvers(takeFolder(dataDir));
  const own: Own = { marks: new Map() };
  try {
    if (!redisUrl) own.redis = await keep('redis-server', wishes, own);
    if (!mongodbUri) own.mongo = await keep('mongod', wishes, own);
    note(wishes, own);
    rememberPorts(dataDir, { 'redis-server': own.redis?.port, mongod: own.mongo?.port });
  } catch (error) {
    await stopAll(own, dataDir);
    throw error;
  }
  return asServers(wishes, own);
}

type Own = { redis?: KeptServer; mongo?: KeptServer; readonly marks: Map<ProgramName, ProcessMark> };

const starters = { mongod: startMongod, 'redis-server': startRedisServer };
const folders = { mongod: 'mongo', 'redis-server': 'redis' };

function keep(name: ProgramName, wishes: ServersWishes, own: Own): Promise<KeptServer> {
  const { dataDir, log, isForTests = false, openTransactionSeconds } = wishes;
  const onSpawn = (mark: ProcessMark) => {
    own.marks.set(name, mark);
    note(wishes, own);
  };
  return keepRunning({
    name,
    log,
    wishedPort: lastPort(dataDir, name),
    launch: (port) =>
      starters[name]({ folder: join(dataDir, folders[name]), port, isForTests, openTransactionSeconds, onSpawn }),
    endBy: isForTests ? 'SIGKILL' : 'SIGTERM',
  });
}

function asServers(wishes: ServersWishes, own: Own): Servers {
  const { redis, mongo } = own;
  const { mongodbUri, redisUrl } = addresses(wishes, own);
  if (!mongodbUri || !redisUrl) throw new Error('A server has no address');
  let stopping: Promise<void> | undefined;
  return {
    mongodbUri,
    redisUrl,
    stop: () => (stopping ??= stopAll(own, wishes.dataDir)),
    redis: redis && { stop: redis.stop, start: redis.start },
    mongo: mongo && { pause: mongo.stop, resume: mongo.start },
  };
}

function note(wishes: ServersWishes, own: Own): void {
  noteRunning(wishes.dataDir, { ...addresses(wishes, own), programs: [...own.marks.values()] });
}

function addresses({ mongodbUri, redisUrl }: ServersWishes, { mongo, redis }: Own) {
  return {
    mongodbUri: mongodbUri ?? (mongo && mongodUri(mongo.port)),
    redisUrl: redisUrl ?? (redis && redisServerUrl(redis.port)),
  };
}

type Ports = Partial<Record<ProgramName, number | undefined>>;

/** The same port as last time spares mongod a change of its replica set. */
function lastPort(dataDir: string, name: ProgramName): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as Ports)[name];
  } catch {
    return undefined;
  }
}

function rememberPorts(dataDir: string, ports: Ports): void {
  writeFileSync(join(dataDir, 'ports.json'), JSON.stringify(ports));
}

/** A killed owner's servers get their own end signal from the system; where it has none, from us. */
async function endLeftOvers(marks: readonly ProcessMark[]): Promise<void> {
  for (const mark of marks) {
    if (await hasEnded(mark, 0)) continue;
    process.kill(mark.pid, 'SIGTERM');
    if (!(await hasEnded(mark, 20_000))) process.kill(mark.pid, 'SIGKILL');
    await hasEnded(mark, 5_000);
  }
}

async function stopAll({ redis, mongo }: Own, dataDir: string): Promise<void> {
  await redis?.stop();
  await mongo?.stop();
  leaveFolder(dataDir);
}
