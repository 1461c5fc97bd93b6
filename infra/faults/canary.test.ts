import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { plantedEverywhere } from './scenarios/planted.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('names, phones, words, CNP, places and accounts stand in clear in no collection, key, log or file (S2)', async () => {
  const { planted, leaks } = await plantedEverywhere(servers);
  expect(leaks.map(({ where, canary, around }) => `${where}: ${canary} in ${around}`)).toEqual([]);
  expect(planted).toBeGreaterThan(20);
}, 300_000);
