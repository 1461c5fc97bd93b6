import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 250;

/** What is known must be written down: tried again while the database is away, for so long. */
export async function patiently<T>(work: () => Promise<T>, longestMs: number): Promise<T> {
  const until = performance.now() + longestMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(pauseMs);
    }
  }
}
