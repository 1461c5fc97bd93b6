import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeds, withSeed } from './rig/seed.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { anyFaults } from './scenarios/any-faults.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

describe('faults in any order: the judge finds nothing (R17)', () => {
  it.each(seeds(60))(
    'seed %i',
    async (seed) => {
      const { wordless } = await withSeed(seed, 'R17', (chance) => anyFaults(servers, chance));
      expect(wordless).toBe(0);
    },
    300_000,
  );
});

it('at least 150 tests go from the chat to the database and back (R17)', () => {
  const folders = ['smoke', 'faults'].map((name) => join(import.meta.dirname, '..', name));
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const tests = sources.flatMap((source) => source.match(/^ *it(\.each\([^)]*\))?\(/gm) ?? []);
  expect(tests.length + seeds(60).length).toBeGreaterThanOrEqual(150);
});
