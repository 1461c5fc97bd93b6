import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { askRedis } from './redis.ts';

/** A server that this program must not work on; the message says what to set. */
export class WrongServer extends Error {
  override readonly name = 'WrongServer';
}

/** Refuses a MongoDB in which nothing can be written together. */
export async function refuseWithoutTransactions({ db }: Connection): Promise<void> {
  const hello = await db?.admin().command({ hello: 1 });
  const isSharded = hello?.msg === 'isdbgrid';
  if (!hello?.setName && !isSharded)
    throw new WrongServer(
      'The MongoDB of MONGODB_URI is no replica set, so nothing can be written together. Start it with --replSet, also a single one (docker-compose.yml has it). Nothing was started.',
    );
}

/** What a Redis does when it is full; undefined when it does not say (some that are rented do not). */
export async function memoryPolicyOf(redis: Redis): Promise<string | undefined> {
  try {
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    return policy;
  } catch {
    return undefined;
  }
}

/** Refuses a Redis that throws wake-ups away when it is full. One that is away or does not say is no reason: all goes on without it. */
export async function refuseEvicting(url: string, onUnknown: () => void): Promise<void> {
  const policy = await askRedis(url, memoryPolicyOf).catch(() => undefined);
  if (policy === undefined) return onUnknown();
  if (policy !== 'noeviction')
    throw new WrongServer(
      `The Redis of REDIS_URL throws things away when it is full (maxmemory-policy ${policy}). Set maxmemory-policy noeviction. Nothing was started.`,
    );
}
