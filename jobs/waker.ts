import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Wake } from '#core/world.ts';
import { catalog, type JobName } from './catalog.ts';

/** What a process does for each kind of job; what it does not do is left to the others. */
export type Woken = Partial<Record<JobName, (id: string) => Promise<void>>>;
export type Waker = { wake(what: Wake): void; stop(): Promise<void> };

const start = process.hrtime.bigint().toString(36);
let count = 0;

/** BullMQ as the waker: it carries ids only and decides nothing. Lost jobs are found by the sweep (`recipes.md` 7). */
export function bullWaker(
  redis: { producer: Redis; worker: Redis },
  prefix: string,
  woken: Woken,
  onError: (error: unknown) => void,
): Waker {
  const keep = { removeOnComplete: { count: 100, age: 3600 }, removeOnFail: { count: 100, age: 3600 } };
  const queues = new Map(
    names.map((name) => [name, new Queue(name, { connection: redis.producer, prefix, defaultJobOptions: keep })]),
  );
  const workers = names
    .filter((name) => woken[name])
    .map(
      (name) =>
        new Worker(name, (job) => woken[name]?.(catalog[name].parse(job.data).id) ?? Promise.resolve(), {
          connection: redis.worker,
          prefix,
          concurrency: 16,
          maxStalledCount: 3,
        }),
    );
  for (const queue of queues.values()) queue.on('error', onError);
  for (const worker of workers) worker.on('error', onError);

  return {
    wake(what) {
      if (redis.producer.status !== 'ready') return;
      for (const [name, jobs] of jobsFor(what)) queues.get(name)?.addBulk(jobs).catch(onError);
    },
    async stop() {
      const isAway = redis.worker.status !== 'ready';
      for (const worker of workers) await worker.close(isAway).catch(onError);
      for (const queue of queues.values()) await queue.close().catch(onError);
    },
  };
}

/** Wakes nobody: the sweep does everything, a little later. */
export const noWaker = (): Waker => ({ wake: () => {}, stop: async () => {} });

const names = Object.keys(catalog) as JobName[];

type Job = { name: string; data: { id: string }; opts: { jobId: string; delay?: number } };

function jobsFor({ mailbox = [], outbox = [], timersAt = [] }: Wake): Map<JobName, Job[]> {
  const jobs = new Map<JobName, Job[]>();
  const add = (name: JobName, id: string, delay = 0) => {
    const job = {
      name,
      data: { id },
      opts: { jobId: `${id.replaceAll(':', '_')}-${start}${++count}`, ...(delay > 0 ? { delay } : {}) },
    };
    jobs
      .set(name, jobs.get(name) ?? [])
      .get(name)
      ?.push(job);
  };
  for (const lane of mailbox) add(lane.startsWith('slack:') ? 'mailbox-slack' : 'mailbox-telegram', lane);
  for (const { id } of outbox) add('outbox', id);
  for (const at of timersAt) add('timers', 'due', Math.max(0, at.getTime() - Date.now()));
  return jobs;
}
