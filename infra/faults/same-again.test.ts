import { afterAll, beforeAll, expect, it } from 'vitest';
import { seeds, withSeed } from './rig/seed.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { poisoned, sameUpdates, shuffledUpdates, slackCopies } from './scenarios/same-again.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('50 updates, each twenty times at once: as many effects as updates (F1)', async () => {
  expect(await sameUpdates(servers, 50, 20)).toMatchObject({ posts: 50, sent: 50 });
});

it.each(seeds(1))(
  '500 updates shuffled, their ids falling: the same end state (F2): seed %i',
  (seed) => withSeed(seed, 'F2', (chance) => shuffledUpdates(servers, chance, 500)),
  300_000,
);

it('a Slack message that comes eleven times, each with a new event_id, has one effect (F3)', async () => {
  expect(await slackCopies(servers, 11)).toMatchObject({ posts: 1 });
});

it.each(seeds(1))(
  '1 % poison among 500: parked, and the rest is unharmed (F32): seed %i',
  async (seed) => {
    const verdict = await withSeed(seed, 'F32', (chance) => poisoned(servers, chance, 500));
    expect(verdict.parked).toBe(5);
    expect(verdict.sent).toBeGreaterThanOrEqual(495);
  },
  300_000,
);
