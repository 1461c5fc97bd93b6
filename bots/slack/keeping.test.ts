import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Store } from '#core/store.ts';
import { signed } from '#infra/rehearsal/slack/signed.ts';
import { signingSecret } from '#infra/rehearsal/slack/test-rig.ts';
import type { Pace } from '#infra/rehearsal/slack/world.ts';
import type { SlackAppOptions } from './app.ts';
import { desk, kinds, open, stored, world } from './test/desk.ts';

describe('over HTTP', () => {
  async function openHttp(more: Partial<SlackAppOptions> = {}, pace: Partial<Pace> = {}) {
    const port = await freePort();
    await open({ mode: 'http', port, ...more }, { http: { eventsUrl: `http://127.0.0.1:${port}/slack/events` }, pace });
  }
  const line = () => {
    if (!desk.team.slack.signed) throw new Error('not in HTTP mode');
    return desk.team.slack.signed;
  };

  test('a signed request is stored with its signature, and the very same again is refused', async () => {
    await openHttp();
    expect(await line().verify()).toBe(true);
    desk.team.ioana.says('bot', 'Bună');
    await desk.team.slack.quiet();
    const request = line().sent.at(-1);
    expect(request && (await line().post(request)).status).toBe(401);
    expect(await stored()).toMatchObject([{ nonce: request?.headers['x-slack-signature'] }]);
    expect((await desk.team.ioana.command('/garda')).isAcked).toBe(true);
    expect(await kinds()).toEqual(['text', 'command']);
  });

  test('one that nobody signed, an old one and one of the future are refused', async () => {
    await openHttp();
    const url = `http://127.0.0.1:${new URL(line().sent[0]?.url ?? (await sample()).url).port}/slack/events`;
    const body = JSON.stringify({
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: 'T1',
      event: { type: 'app_home_opened', user: 'U1IOANA', tab: 'home' },
    });
    const at = (seconds: number, secret = signingSecret) =>
      line().post(signed(secret, url, 'application/json', body, Date.now() / 1000 + seconds));
    expect((await at(0, 'another secret')).status).toBe(401);
    expect((await at(-400)).status).toBe(401);
    expect((await at(400)).status).toBe(401);
    expect(await kinds()).toEqual([]);
    expect((await at(0)).status).toBe(200);
    expect(await kinds()).toEqual(['home']);
  });

  test('a store that does not answer in time counts as away, and what it writes later is the same item', async () => {
    let write: () => Promise<void> = async () => {};
    const insert: Store['mailbox']['insert'] = (item) =>
      new Promise((resolve) => {
        write = () => desk.store.mailbox.insert(item).then(resolve);
      });
    await openHttp({ world: world({ insert }) }, { ackMs: 10_000 });
    expect(await desk.team.ioana.command('/garda')).toMatchObject({
      isAcked: false,
      problem: { reason: 'http_error' },
    });
    await write();
    expect(await kinds()).toEqual(['command']);
  });

  test('while the store is away the answer is 503', async () => {
    await openHttp({ world: world({ insert: async () => Promise.reject(new Error('away')) }) });
    desk.team.ioana.opensHome();
    await desk.team.slack.quiet();
    const request = line().sent.at(-1);
    expect(request && (await line().post(request)).status).toBe(503);
  });

  async function sample() {
    await line().verify();
    const [request] = line().sent;
    if (!request) throw new Error('nothing was sent');
    return request;
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
