import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { points } from './rig/points.ts';
import { seeds, withSeed } from './rig/seed.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { killedAfterAccept, killedAgain, killedAt } from './scenarios/kill.ts';
import { manyKills } from './scenarios/many-kills.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

describe('a worker killed at each await between the mailbox and sent loses nothing and doubles nothing (F4)', () => {
  it.each(points)('%s', async (point) => {
    expect((await killedAt(servers, point)).posts).toBeLessThanOrEqual(1);
  });
});

it('accepted by the chat, then frozen and killed: an urgent message comes twice at most, a routine one once (F5)', async () => {
  expect(await killedAfterAccept(servers)).toMatchObject({ unknown: 1, marked: 2 });
});

it('twenty workers die on one message and it arrives (F7)', async () => {
  expect(await killedAgain(servers, 20)).toMatchObject({ posts: 1 });
}, 300_000);

it.each(seeds(1))(
  'of 2,000 words under 40 kills none is lost (R1) and no routine message is doubled (R2): seed %i',
  async (seed) => {
    const run = await withSeed(seed, 'R1', (chance) => manyKills(servers, chance, 2000, 40));
    expect(run).toMatchObject({ items: 2000, kills: 40, lost: 0, doubled: 0 });
  },
  600_000,
);
