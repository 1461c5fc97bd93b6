import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { dangers, stepDowns, troubles } from './scenarios/danger.ts';
import { flood } from './scenarios/flood.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('two step-downs of the database under way: nothing lost, nothing doubled (F12)', async () => {
  const verdict = await stepDowns(servers, 200, 2);
  expect(verdict.sent + verdict.unknown).toBe(200);
}, 300_000);

it('200 dangers: half within a second, 99 % within five (R5)', async () => {
  const { p50, p99, n } = await dangers(servers, 200);
  expect(n).toBe(200);
  expect([p50 <= 1000, p99 <= 5000], `p50 ${p50} ms, p99 ${p99} ms`).toEqual([true, true]);
}, 300_000);

it('dangers while Redis is off: all within ten seconds (R5)', async () => {
  const { most } = await dangers(servers, 60, { trouble: troubles.redisOff, perSecond: 5 });
  expect(most).toBeLessThan(10_000);
}, 300_000);

it('dangers through a step-down: all within fifteen seconds (R5)', async () => {
  const { most } = await dangers(servers, 40, { trouble: troubles.stepDown });
  expect(most).toBeLessThan(15_000);
}, 300_000);

it('a hundred words in twelve seconds, twenty of danger from ten people: half ring within a second, all within five (F31) (R18)', async () => {
  const { n, told, p50, most } = await flood(servers, { inDanger: 10, words: 100, dangerEvery: 5, seconds: 12 });
  expect([n, told]).toEqual([20, 20]);
  expect([p50 <= 1000, most <= 5000], `p50 ${p50} ms, most ${most} ms`).toEqual([true, true]);
}, 120_000);
