import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { cutReplies, unknownCommits } from './scenarios/cut-lines.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it('200 replies are lost: no routine message goes twice, no urgent one three times (F6)', async () => {
  const verdict = await cutReplies(servers, 200);
  expect(verdict.unknown + verdict.marked).toBeGreaterThanOrEqual(190);
}, 300_000);

it('the line to the database ends at the commit: one effect each (F13)', async () => {
  expect(await unknownCommits(servers, 10)).toMatchObject({ posts: 10, sent: 10 });
}, 300_000);
