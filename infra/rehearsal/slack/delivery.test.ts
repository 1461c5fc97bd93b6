import { expect, test } from 'vitest';
import { signed } from './signed.ts';
import { actions, button, codeOf, freePort, httpApp, signingSecret, socketApp, until } from './test-rig.ts';
import { atEnd, openTeam } from './test-team.ts';

const channel = 'C1ALERT';

type Heard = { event_id: string; event: { text?: string } };
const hearing = (heard: Heard[]) => (app: { use(listener: (args: never) => Promise<void>): void }) =>
  app.use(async ({ body, next }: { body: Heard; next(): Promise<void> }) => {
    heard.push(body);
    await next();
  });

test('an event nobody acknowledged comes again at once, after one minute and after five, then never', async () => {
  const { slack, ioana, clock } = await openTeam();
  const heard: Heard[] = [];
  const app = await socketApp(slack, hearing(heard) as never);
  atEnd(app.stop);
  slack.pace.ackMs = 30;
  slack.faults.lateAcks(4);
  ioana.says('bot', 'bună');
  await until(() => heard.length === 2);
  await slack.quiet();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(heard).toHaveLength(2);
  clock.move(60_000);
  await until(() => heard.length === 3);
  await slack.quiet();
  await new Promise((resolve) => setTimeout(resolve, 60));
  clock.move(300_000);
  await until(() => heard.length === 4);
  await slack.quiet();
  clock.move(3_600_000);
  slack.redeliver();
  await slack.quiet();
  expect(heard).toHaveLength(4);
  expect(new Set(heard.map((one) => one.event_id)).size).toBe(1);
});

test('an event for an app without a socket waits for the next try', async () => {
  const { slack, ioana, clock } = await openTeam({ pace: { redeliverAfterMs: [0, 1000] } });
  ioana.says('bot', 'bună');
  await slack.quiet();
  await new Promise((resolve) => setTimeout(resolve, 40));
  const heard: Heard[] = [];
  const app = await socketApp(slack, hearing(heard) as never);
  atEnd(app.stop);
  expect(heard).toHaveLength(0);
  clock.move(1000);
  await until(() => heard.length === 1);
});

test('one message may come with several event ids', async () => {
  const { slack, ioana } = await openTeam();
  const heard: Heard[] = [];
  const app = await socketApp(slack, hearing(heard) as never);
  atEnd(app.stop);
  slack.faults.copyEvents(11);
  ioana.says('bot', 'bună');
  await slack.quiet();
  await until(() => heard.length === 11);
  expect(new Set(heard.map((one) => one.event_id)).size).toBe(11);
  expect(new Set(heard.map((one) => one.event.text)).size).toBe(1);
});

test('each envelope goes to one of several sockets, a refreshed one leaves and the other goes on', async () => {
  const { slack, ioana } = await openTeam();
  const [one, two]: [Heard[], Heard[]] = [[], []];
  const first = await socketApp(slack, hearing(one) as never);
  const second = await socketApp(slack, hearing(two) as never);
  atEnd(first.stop, second.stop);
  expect(slack.sockets()).toBe(2);
  for (let n = 0; n < 4; n++) ioana.says('bot', `${n}`);
  await slack.quiet();
  await until(() => one.length + two.length === 4);
  expect([one.length, two.length]).toEqual([2, 2]);
  slack.faults.refreshSockets(1);
  await until(() => slack.sockets() === 1);
  ioana.says('bot', 'încă');
  await slack.quiet();
  await until(() => two.length === 3);
  slack.faults.dropSockets();
  await until(() => slack.sockets() === 0);
});

test('a socket address serves one connection', async () => {
  const { slack } = await openTeam();
  const answer = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: 'Bearer xapp-test' },
  });
  const { url } = (await answer.json()) as { url: string };
  const first = new WebSocket(url);
  const hello = await new Promise<string>((resolve) =>
    first.addEventListener('message', ({ data }) => resolve(String(data))),
  );
  expect(JSON.parse(hello)).toMatchObject({ type: 'hello', num_connections: 1 });
  const second = new WebSocket(url);
  await new Promise((resolve) => second.addEventListener('error', resolve));
  first.close();
  await until(() => slack.sockets() === 0);
});

test('rate limits answer 429 with Retry-After, for a method, a count, or until an instant', async () => {
  const { slack, web, clock } = await openTeam();
  const post = () => web.chat.postMessage({ channel, text: 'x' });
  slack.faults.rateLimit({ retryAfter: 7, count: 1, method: 'chat.postMessage' });
  await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
  expect(await codeOf(post())).toBe('ok');
  slack.faults.rateLimit({ retryAfter: 5, until: clock.now() + 5000 });
  await expect(web.auth.test()).rejects.toMatchObject({ retryAfter: 5 });
  clock.move(5000);
  expect(await codeOf(web.auth.test())).toBe('ok');
  expect(slack.calls.all.map((call) => call.outcome)).toEqual(['rate_limited', 'ok', 'rate_limited', 'ok']);
});

test('a line cut before leaves nothing, one cut after acceptance leaves the message', async () => {
  const { slack, web } = await openTeam();
  const metadata = { event_type: 'outbox', event_payload: { id: 'r1' } };
  const post = (text: string) => codeOf(web.chat.postMessage({ channel, text, metadata }));
  slack.faults.cut({ where: 'before' });
  expect(await post('unu')).not.toBe('ok');
  expect(slack.messages(channel)).toHaveLength(0);
  slack.faults.cut({ where: 'afterAccept', method: 'chat.postMessage' });
  expect(await post('doi')).not.toBe('ok');
  const found = await web.conversations.history({ channel, include_all_metadata: true });
  expect(found.messages).toMatchObject([{ text: 'doi', metadata }]);
  expect(slack.calls.of('chat.postMessage').map((call) => call.outcome)).toEqual(['cut_before', 'cut_after_accept']);
  expect(slack.calls.posts()).toHaveLength(1);
});

test('errors, statuses, an accepted post with an error, slowness and a dead server can be ordered', async () => {
  const { slack, web } = await openTeam();
  const post = () => codeOf(web.chat.postMessage({ channel, text: 'x' }));
  slack.faults.failNext({ error: 'internal_error' });
  expect(await post()).toBe('internal_error');
  slack.faults.failNext({ error: 'fatal_error', isAccepted: true });
  expect(await post()).toBe('fatal_error');
  expect(slack.messages(channel)).toHaveLength(1);
  slack.faults.failNext({ status: 503 });
  expect(await post()).toContain('503');
  slack.faults.slow(80);
  const began = performance.now();
  expect(await post()).toBe('ok');
  expect(performance.now() - began).toBeGreaterThan(75);
  slack.faults.lift();
  await slack.faults.down();
  expect(await post()).not.toBe('ok');
  await slack.faults.up();
  expect(await post()).toBe('ok');
});

test('every call is recorded without the token; posts nobody expected stay untaken', async () => {
  const { slack, web, ioana } = await openTeam();
  const seen: string[] = [];
  slack.calls.subscribe((call) => seen.push(`${call.method} ${call.outcome}`));
  const { ts } = await web.chat.postMessage({ channel: ioana.id, text: 'x', blocks: [actions(button('a', 'b'))] });
  await codeOf(web.chat.postMessage({ channel: 'C0', text: 'x' }));
  expect(seen).toEqual(['chat.postMessage ok', 'chat.postMessage refused']);
  expect(slack.calls.all[0]).toMatchObject({ ts, payload: { channel: ioana.id, blocks: [{ type: 'actions' }] } });
  expect(JSON.stringify(slack.calls.all)).not.toContain('xoxb');
  expect(slack.calls.untaken()).toHaveLength(1);
  expect(slack.calls.take((call) => call.payload.text === 'x')?.ts).toBe(ts);
  expect(slack.calls.untaken()).toEqual([]);
});

test('in HTTP mode all comes signed to one address: challenge, events, presses, commands', async () => {
  const port = await freePort();
  const { slack, web, ioana } = await openTeam({ http: { eventsUrl: `http://127.0.0.1:${port}/slack/events` } });
  const heard: string[] = [];
  const app = await httpApp(slack, port, (one) => {
    one.event('message', async ({ event }) => void heard.push(`event ${'text' in event ? event.text : ''}`));
    one.action('take', async ({ ack }) => {
      await ack();
      heard.push('press');
    });
    one.command('/caz', async ({ ack }) => ack('caut'));
  });
  atEnd(app.stop);
  expect(await slack.signed?.verify()).toBe(true);
  ioana.says('bot', 'bună');
  await slack.quiet();
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks: [actions(button('Preiau', 'take'))] });
  await slack.quiet();
  expect((await ioana.presses({ channel, ts }, 'Preiau')).isAcked).toBe(true);
  expect((await ioana.command('/caz', 'AR', channel)).answer).toEqual({ text: 'caut' });
  expect(heard.filter((one) => one !== 'event x')).toEqual(['event bună', 'press']);
});

test('a request of a wrong secret or of yesterday is refused and counts as not acknowledged', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const { slack, ioana, clock } = await openTeam({ http: { eventsUrl: url } });
  const app = await httpApp(slack, port, () => {}, 'another secret');
  ioana.says('bot', 'bună');
  await slack.quiet();
  expect(slack.signed?.sent).toHaveLength(1);
  await app.stop();
  const good = await httpApp(slack, port, () => {});
  atEnd(good.stop);
  clock.move(1);
  await until(() => (slack.signed?.sent.length ?? 0) >= 2);
  await slack.quiet();
  expect(slack.signed?.sent.at(-1)?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_error',
  });
  const old = signed(signingSecret, url, 'application/json', '{"type":"event_callback"}', Date.now() / 1000 - 360);
  expect((await slack.signed?.post(old))?.status).toBe(401);
});
