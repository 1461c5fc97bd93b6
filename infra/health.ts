import fastify from 'fastify';
import type { Log } from './log.ts';
import type { House } from './start-house.ts';

/** `/health`: the process lives. `/ready`: the database takes a majority write, every part works, no alert is without a next step or late, a last resort is set. */
export async function startHealth(
  house: House,
  port: number,
  heartbeatUrl: string | undefined,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const app = fastify();
  app.get('/health', async () => ({ is: 'alive' }));
  app.get('/ready', async (_request, reply) => {
    const faults = await faultsOf(house).catch(() => ['the database does not answer']);
    return reply
      .code(faults.length === 0 ? 200 : 503)
      .send({ is: faults.length === 0 ? 'ready' : 'not ready', faults });
  });
  await app.listen({ port, host: '127.0.0.1' });
  const beat = heartbeatUrl ? setInterval(() => void pulse(house, heartbeatUrl, log), 30_000) : undefined;
  return {
    async close() {
      clearInterval(beat);
      await app.close();
    },
  };
}

/** What is not as it should be, in words for an operator. */
export async function faultsOf(house: House): Promise<string[]> {
  const { lastResort } = await house.world.store.office.get();
  const setUp = lastResort.length === 0 ? ['set-up state: no last resort is named, every alert rings all staff'] : [];
  return [...setUp, ...(await house.faults())];
}

/** The outside watcher hears from us only while all is well. */
async function pulse(house: House, url: string, log: Log): Promise<void> {
  const faults = await faultsOf(house).catch(() => ['the database does not answer']);
  const serious = faults.filter((fault) => !fault.startsWith('set-up'));
  if (serious.length > 0) return void log.error({ count: serious.length }, 'no heartbeat: something is wrong');
  await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => log.warn('the watcher could not be reached'));
}
