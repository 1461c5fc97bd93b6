import fastify from 'fastify';
import { lastResortLacks } from '#core/duty/last-resort.ts';
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
  const beat = heartbeatUrl ? setInterval(() => void pulse(house, heartbeatUrl, log), beatMs) : undefined;
  if (heartbeatUrl) void pulse(house, heartbeatUrl, log);
  return {
    async close() {
      clearInterval(beat);
      await app.close();
    },
  };
}

/** The outside watcher hears from us so often; it calls somebody when it has heard nothing for a minute (`delivery.md` 5). */
const beatMs = 30_000;

/** What is not as it should be, in words for an operator. */
export async function faultsOf(house: House): Promise<string[]> {
  return [...(await setUpFaults(house)), ...(await house.faults())];
}

/** What an office has yet to do. It makes `/ready` red, and does not withhold the heartbeat: the rest works. */
async function setUpFaults({ world: { store } }: House): Promise<string[]> {
  const lacks = await lastResortLacks({ store });
  const { hasPhoneAlarm } = await store.office.get();
  return [
    ...(lacks === 'people'
      ? ['set-up state: no last resort of two people who can be reached, every alert rings all staff']
      : []),
    ...(lacks && lacks !== 'people' ? [`set-up state: nobody of the last resort is reached by ${lacks}`] : []),
    ...(hasPhoneAlarm ? [] : ['set-up state: no phone alarm (ALARM_URL), nobody is called outside the chats']),
  ];
}

/** The outside watcher hears from us only while all that is set up works. */
async function pulse(house: House, url: string, log: Log): Promise<void> {
  const faults = await house.faults().catch(() => ['the database does not answer']);
  if (faults.length > 0) return void log.error({ count: faults.length }, 'no heartbeat: something is wrong');
  await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => log.warn('the watcher could not be reached'));
}
