import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { awayRedis, flushedTimers, fullRedis, lostSecond, withAndWithoutWake } from './scenarios/redis.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('300 timers through FLUSHALL: none lost, none twice, all within a minute (F8) (R9)', async () => {
  const flushed = await flushedTimers(servers, 300);
  expect(flushed).toMatchObject({ fired: 300, doubled: 0 });
  expect(flushed.worstMs).toBeLessThan(300_000);
}, 300_000);

it('Redis of 20 MB is full: alerts go (F9)', async () => {
  expect(await fullRedis(servers, 10)).toBeLessThan(5000);
}, 300_000);

it('Redis is away for 20 s: alerts go meanwhile, work goes on within 3 s after (F10) (R10)', async () => {
  const { meanwhileMs, afterMs } = await awayRedis(servers, 20_000);
  expect(afterMs).toBeLessThan(3000);
  expect(meanwhileMs).toBeLessThan(10_000);
}, 300_000);

it('Redis loses what was written last: no message is lost (F11)', async () => {
  expect(await lostSecond(servers, 20)).toMatchObject({ posts: 20, sent: 20 });
}, 300_000);

it('nobody is woken: the same is said, later (F14)', async () => {
  const { woken, unwoken } = await withAndWithoutWake(servers);
  expect(unwoken).toEqual(woken);
}, 300_000);
