import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Wake } from '#core/world.ts';
import { catalog } from './catalog.ts';

export type Woken = { mailbox(lane: string): Promise<void>; outbox(rowId: string): Promise<void>; timers(): Promise<void> };
export type Waker = { wake(what: Wake): void; stop(): Promise<void> };

let count = 0;
const start = process.hrtime.bigint().toString(36);

/** BullMQ as the waker: it carries ids only and decides nothing. Lost jobs are found by the sweep (`recipes.md` 7). */
export function bullWaker(redis: { producer: Redis; worker: Redis }, prefix: string, woken: Woken, onError: (error: unknown) => void): Waker {
  const queue = new Queue('wake', { connection: redis.producer, prefix, defaultJobOptions: { removeOnComplete: { count: 100, age: 3600 }, removeOnFail: { count: 100, age: 3600 } } });
  const worker = new Worker('wake', (job) => work(job.name, job.data as { id: string }, woken), { connection: redis.worker, prefix, concurrency: 16, maxStalledCount: 3 });
  queue.on('error', onError);
  worker.on('error', onError);
  return {
    wake(what) {
      if (redis.producer.status !== 'ready') return;
      const jobs = jobsFor(what);
      if (jobs.length > 0) queue.addBulk(jobs).catch(onError);
    },
    async stop() {
      await worker.close(redis.worker.status !== 'ready').catch(onError);
      await queue.close().catch(onError);
    },
  };
}

/** Wakes nobody: the sweep does everything, a little later. */
export const noWaker = (): Waker => ({ wake: () => {}, stop: async () => {} });

function jobsFor({ mailbox = [], outbox = [], timersAt = [] }: Wake) {
  const job = (name: keyof typeof catalog, id: string, delay = 0) => ({ name, data: { id }, opts: { jobId: `${name}-${id.replaceAll(':', '_')}-${start}${++count}`, ...(delay > 0 ? { delay } : {}) } });
  return [...mailbox.map((lane) => job('mailbox', lane)), ...outbox.map((id) => job('outbox', id)), ...timersAt.map((at) => job('timers', 'due', Math.max(0, at.getTime() - Date.now())))];
}

async function work(name: string, data: { id: string }, woken: Woken): Promise<void> {
  const { id } = catalog[name as keyof typeof catalog].parse(data);
  if (name === 'mailbox') return woken.mailbox(id);
  if (name === 'outbox') return woken.outbox(id);
  return woken.timers();
}
