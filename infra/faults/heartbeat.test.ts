import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BothChats, openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { type Program, startProgram } from '../test/programs.ts';

/** The outside watcher: it calls somebody when it has heard nothing for a minute. */
function openWatcher() {
  const beats: number[] = [];
  const server = createServer((_request, response) => {
    beats.push(performance.now());
    response.end();
  }).listen(0, '127.0.0.1');
  return {
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/beat`,
    beats,
    isAlarmed: () => performance.now() - (beats.at(-1) ?? 0) > patienceMs,
    close: () => server.close(),
  };
}
const patienceMs = 60_000;

const watcher = openWatcher();
let chats: BothChats<never>;
const running: Program[] = [];
beforeAll(async () => {
  chats = await openBothChats({}, { now: () => Date.now() });
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.kill('SIGKILL')));
  await chats.close();
  watcher.close();
});

it('every process of the house ends at once: the watcher outside calls somebody within 2 minutes (F39) (R16)', async () => {
  const env = { ...testPlace().env, ...chats.env, HEARTBEAT_URL: watcher.url() };
  for (const file of ['infra/main.ts', 'jobs/main.ts']) running.push(await startProgram(file, env));
  await expect.poll(() => watcher.beats.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  expect(watcher.isAlarmed()).toBe(false);

  const stopped = performance.now();
  await Promise.all(running.map((one) => one.kill('SIGKILL')));
  while (!watcher.isAlarmed()) {
    expect(performance.now() - stopped).toBeLessThan(120_000);
    await sleep(250);
  }
  expect((watcher.beats.at(-1) ?? 0) - stopped).toBeLessThan(1000);
}, 200_000);
