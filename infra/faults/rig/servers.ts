import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { makeLog } from '../../log.ts';
import { startServers } from '../../setup/servers.ts';

/** Databases that a scenario may hurt, because they are its own. */
export type OwnServers = Awaited<ReturnType<typeof ownServers>>;

/**
 * What a worker held that was killed before its commit is free after so many seconds. The rig ends the leases of a killed one at once, so that this is
 * all that the next one waits for: with the usual ten nothing is lost either, but each such kill takes 15 s instead of 7.
 */
const openTransactionSeconds = 3;

const folder = join(import.meta.dirname, '..', '..', '..', '.data', 'tests');

/** Starts a mongod and a redis-server for one scenario file; `stop` ends them and leaves nothing. */
export async function ownServers() {
  const dataDir = join(folder, `rig-${process.pid}-${randomBytes(3).toString('hex')}`);
  const log = makeLog({ name: 'rig', level: 'fatal' });
  const servers = await startServers({ dataDir, log, isForTests: true, openTransactionSeconds });
  const client = new MongoClient(servers.mongodbUri, { directConnection: true, appName: 'judge' });
  const admin = () => client.db('admin');
  const redis = new Redis(servers.redisUrl, { maxRetriesPerRequest: 1, retryStrategy: () => 200 });
  redis.on('error', () => {});
  return {
    ...servers,
    dataDir,
    redisPort: portOf(servers.redisUrl),
    mongoPort: portOf(servers.mongodbUri),
    mongoClient: client,
    redisClient: redis,
    /** The one-node set gives up being primary; it takes writes again `seconds` later (1 s at least). */
    async stepDown(seconds = 1): Promise<void> {
      await admin()
        .command({ replSetStepDown: seconds, force: true })
        .catch((error) => {
          if (error.code !== notPrimary) throw error;
        });
    },
    /** The next `times` of these commands fail, for clients whose address says `appName=faulty`. */
    async failNext(
      failCommands: string[],
      how: { errorCode?: number; closeConnection?: boolean; writeConcernError?: object; errorLabels?: string[] },
      times = 1,
    ): Promise<void> {
      const data = { failCommands, appName: 'faulty', ...how };
      await admin().command({ configureFailPoint: 'failCommand', mode: { times }, data });
    },
    async failNothing(): Promise<void> {
      await admin().command({ configureFailPoint: 'failCommand', mode: 'off' });
    },
    stopRedis: async () => servers.redis?.stop(),
    startRedis: async () => servers.redis?.start(),
    /** As after a fail-over to a replica that was behind: what was written since `kept` was taken is gone. */
    async loseSince(kept: () => Promise<void>): Promise<void> {
      await redis.save();
      await kept();
      await servers.redis?.stop();
      await servers.redis?.start();
    },
    /** Redis takes no write any more: 20 MB and full. */
    async fillRedis(): Promise<void> {
      await redis.config('SET', 'maxmemory', '20mb');
      const block = 'x'.repeat(256 * 1024);
      for (let count = 0; count < 120; count++)
        if (!(await redis.set(`fill-${count}`, block).catch(() => undefined))) return;
    },
    async stop(): Promise<void> {
      redis.disconnect();
      await client.close();
      await servers.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** It has stepped down already and is not back yet. */
const notPrimary = 10107;

const portOf = (uri: string): number => Number(new URL(uri).port);
