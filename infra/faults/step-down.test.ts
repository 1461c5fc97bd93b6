import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { dangers, stepDowns, troubles } from './scenarios/danger.ts';

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
