import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLog } from '../log.ts';
import { openCity, type RunningCity } from '../rehearsal/city.ts';
import { type Servers, startServers } from '../setup/servers.ts';

let servers: Servers;
let city: RunningCity;
beforeAll(async () => {
  const log = makeLog({ name: 'away', level: 'silent' });
  servers = await startServers({ dataDir: `.data/away-${process.pid}`, log, isForTests: true });
  city = await openCity({ servers, log, wake: process.env.WAKE === 'bullmq' ? 'bullmq' : 'none' });
  await city.settle();
}, 60_000);
afterAll(async () => {
  await city.stop();
  await servers.stop();
});

it('while the database is away a cry for help is answered with 112 within two seconds, and is acted on once when it is back', async () => {
  const { telegram } = city.standIns();
  const posts = () =>
    telegram.calls
      .posts()
      .filter(({ chatId }) => String(chatId) === '5001')
      .map(({ payload }) => String(payload.text));
  const before = posts().length;
  await city.trouble('databaseOff', true);
  const asked = performance.now();
  telegram.user(5001).says('допоможіть');
  await expect.poll(() => posts().length, { timeout: 4000, interval: 50 }).toBe(before + 1);
  expect(performance.now() - asked).toBeLessThan(2000);
  expect(posts().at(-1)).toMatch(/112/);

  await city.trouble('databaseOff', false);
  await expect
    .poll(
      async () =>
        (
          await city
            .house()
            .world.store.alerts.find({})
            .catch(() => [])
        ).length,
      { timeout: 20_000, interval: 250 },
    )
    .toBe(1);
  await city.settle();
  expect(await city.house().world.store.alerts.count({})).toBe(1);
}, 60_000);
