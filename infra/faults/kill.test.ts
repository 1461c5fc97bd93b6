import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { points } from './rig/points.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { killedAt } from './scenarios/kill.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

describe('a worker killed at each await between the mailbox and sent loses nothing and doubles nothing (F4)', () => {
  it.each(points)('%s', async (point) => {
    const verdict = await killedAt(servers, point);
    expect(verdict.posts).toBeLessThanOrEqual(1);
  });
});
