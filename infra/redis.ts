import { Redis } from 'ioredis';

/**
 * Asks a Redis something on a line of its own that is closed afterwards. Throws when it does not answer within two seconds; it is tried once.
 */
export async function askRedis<T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 2000,
  });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}

/** Two handles of a process (`recipes.md` 7): the producer gives up at once, the worker waits for ever. */
export function connectRedis(
  url: string,
  onError: (error: unknown) => void,
): { producer: Redis; worker: Redis; close(): void } {
  const producer = new Redis(url, {
    retryStrategy: () => 1000,
    connectTimeout: 2000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 1000,
  });
  const worker = new Redis(url, { retryStrategy: () => 1000, connectTimeout: 2000, maxRetriesPerRequest: null });
  producer.on('error', onError);
  worker.on('error', onError);
  return {
    producer,
    worker,
    close() {
      producer.disconnect();
      worker.disconnect();
    },
  };
}
