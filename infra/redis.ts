import { Redis } from 'ioredis';

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
