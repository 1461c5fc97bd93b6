import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { hostJumps } from './scenarios/host-clock.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('the clock of one host of two jumps an hour ahead and an hour back: no step of an alert is five seconds off (F15)', async () => {
  const off = await hostJumps(servers);
  expect(off).toHaveLength(4);
  expect(Math.max(...off)).toBeLessThan(5000);
}, 300_000);
