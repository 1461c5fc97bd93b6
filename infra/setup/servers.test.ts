import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { afterEach, expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { hasEnded } from './process-mark.ts';
import { AlreadyRunning, runningServers } from './running.ts';
import { type Servers, type ServersWishes, startServers } from './servers.ts';

const log = makeLog({ name: 'servers-test', level: 'silent' });
const folders: string[] = [];
const open: Servers[] = [];

afterEach(async () => {
  for (const servers of open.splice(0)) await servers.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test.each(['the same port', 'another port'])(
  'what was written is there after a stop and a start under %s',
  async (port) => {
    const wishes = embedded();
    const first = await start(wishes);
    await write(first, 'a case');
    await first.stop();
    expect(runningServers(wishes.dataDir)).toBeUndefined();

    if (port === 'another port') rmSync(join(wishes.dataDir, 'ports.json'));
    const second = await start(wishes);
    expect(second.mongodbUri === first.mongodbUri).toBe(port === 'the same port');
    expect(await read(second)).toEqual(['a case']);
    await write(second, 'another');
  },
);

test('mongod killed with -9 comes back by itself with all that was acknowledged', async () => {
  const wishes = embedded();
  const servers = await start(wishes);
  await write(servers, 'before the fall');
  const mongod = runningServers(wishes.dataDir)?.programs.at(-1);
  process.kill(mongod?.pid ?? 0, 'SIGKILL');
  expect(await read(servers)).toEqual(['before the fall']);
  expect(runningServers(wishes.dataDir)?.programs.at(-1)?.pid).not.toBe(mongod?.pid);
});

test('a second start in the same folder is told who runs, and finds the addresses', async () => {
  const wishes = embedded();
  const servers = await start(wishes);
  await expect(startServers(wishes)).rejects.toThrow(AlreadyRunning);
  expect(runningServers(wishes.dataDir)).toMatchObject({ mongodbUri: servers.mongodbUri, redisUrl: servers.redisUrl });
});

test('Redis and the database can be taken away and given back on the same address', async () => {
  const servers = await start(embedded());
  await write(servers, 'kept');
  const ping = () => withRedis(servers, (redis) => redis.ping());
  await servers.redis?.stop();
  await servers.mongo?.pause();
  await expect(ping()).rejects.toThrow();
  await expect(read(servers, 300)).rejects.toThrow();

  await servers.redis?.start();
  await servers.mongo?.resume();
  expect(await ping()).toBe('PONG');
  expect(await read(servers)).toEqual(['kept']);
});

test('outside addresses are used as they are and nothing is started', async () => {
  const given = { mongodbUri: 'mongodb://db.example/punte', redisUrl: 'redis://redis.example' };
  const wishes = { ...embedded(), ...given };
  expect(await start(wishes)).toMatchObject({ ...given, redis: undefined, mongo: undefined });
  expect(runningServers(wishes.dataDir)).toBeUndefined();
});

test('stopping ends both programs', async () => {
  const wishes = embedded();
  const servers = await start(wishes);
  const programs = runningServers(wishes.dataDir)?.programs ?? [];
  expect(programs).toHaveLength(2);
  await servers.stop();
  for (const mark of programs) expect(await hasEnded(mark, 0)).toBe(true);
});

function embedded(): ServersWishes {
  const dataDir = mkdtempSync(join(tmpdir(), 'punte-servers-'));
  folders.push(dataDir);
  return { dataDir, log, isForTests: true };
}

async function start(wishes: ServersWishes): Promise<Servers> {
  const servers = await startServers(wishes);
  open.push(servers);
  return servers;
}

async function write(servers: Servers, text: string): Promise<void> {
  await withMongo(servers, 5000, (client) =>
    client
      .db()
      .collection('lines')
      .insertOne({ text }, { writeConcern: { w: 'majority' } }),
  );
}

function read(servers: Servers, patienceMs = 10_000): Promise<string[]> {
  return withMongo(servers, patienceMs, async (client) => {
    const rows = await client.db().collection('lines').find().toArray();
    return rows.map((row) => String(row.text));
  });
}

async function withMongo<T>(
  servers: Servers,
  patienceMs: number,
  work: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(servers.mongodbUri, { serverSelectionTimeoutMS: patienceMs });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function withRedis<T>(servers: Servers, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(servers.redisUrl, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
