import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '#core/outage.ts';

const pauseMs = 250;

/** What is known must be written down: tried again while the database is away, for so long. What fails for another reason fails at once. */
export async function patiently<T>(work: () => Promise<T>, longestMs: number): Promise<T> {
  const until = performance.now() + longestMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || performance.now() > until) throw error;
      await sleep(pauseMs);
    }
  }
}
