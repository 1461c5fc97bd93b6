import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import fastify from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { slackApp } from '#bots/slack/app.ts';
import { desk, kinds, open, world } from '#bots/slack/test/desk.ts';
import { botId, mailboxWorld } from '#bots/telegram/test/rig.ts';
import { telegramWebhook } from '#bots/telegram/webhook.ts';
import { watchedFetch } from '../http.ts';
import { signed } from '../rehearsal/slack/signed.ts';
import { appToken, botToken, freePort, signingSecret } from '../rehearsal/slack/test-rig.ts';

const oldSecret = 'the-signing-secret-of-last-month';
let port = 0;
const address = () => `http://127.0.0.1:${port}/slack/events`;

async function openHttp(): Promise<void> {
  port = await freePort();
  await open({ mode: 'http', port, oldSigningSecret: oldSecret }, { http: { eventsUrl: address() } });
}
const bodyOf = (id: string) =>
  JSON.stringify({
    type: 'event_callback',
    event_id: id,
    team_id: 'T1',
    event: { type: 'app_home_opened', user: 'U1IOANA', tab: 'home' },
  });
type Signed = ReturnType<typeof signed>;
const event = (id: string, secret = signingSecret, at = Date.now() / 1000): Signed =>
  signed(secret, address(), 'application/json', bodyOf(id), at);

async function post({ url, headers, body }: Signed): Promise<number> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

afterEach(() => void vi.useRealTimers());

describe('a recorded request', () => {
  it('after 1 s, 4 min and 6 min, and one of the future: refused, also by a process that never saw it (F25)', async () => {
    await openHttp();
    const began = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: began });
    const recorded = event('Ev1');
    expect(await post(recorded)).toBe(200);
    for (const seconds of [1, 240, 360]) {
      vi.setSystemTime(began + seconds * 1000);
      expect(await post(recorded), `after ${seconds} s`).toBe(401);
    }
    vi.setSystemTime(began + 1000);
    for (const seconds of [303, 600, 86_400])
      expect(await post(event(`Ev${seconds}`, signingSecret, began / 1000 + seconds))).toBe(401);
    expect(await post(event('Ev2', signingSecret, began / 1000 - 302))).toBe(401);

    const other = await secondProcess();
    expect(await post({ ...recorded, url: other.url })).toBe(401);
    await other.stop();
    expect(await kinds()).toEqual(['home']);
  });

  it('what Slack itself brings again is signed anew and taken: stored once, answered 200 (F25)', async () => {
    await openHttp();
    expect(await post(event('Ev1'))).toBe(200);
    expect(await post(event('Ev1', signingSecret, Date.now() / 1000 + 2))).toBe(200);
    expect(await kinds()).toEqual(['home']);
  });

  it('a store that failed makes no nonce: the same signature is taken once it is back (F25)', async () => {
    port = await freePort();
    let isDown = true;
    const insert: ReturnType<typeof world>['store']['mailbox']['insert'] = async (item) => {
      if (isDown) throw new Error('away');
      await desk.store.mailbox.insert(item);
    };
    await open({ mode: 'http', port, world: world({ insert }) }, { http: { eventsUrl: address() } });
    const request = event('Ev1');
    expect(await post(request)).toBe(503);
    isDown = false;
    expect(await post(request)).toBe(200);
  });
});

/** Another process of the same office on the same store. */
async function secondProcess() {
  const otherPort = await freePort();
  const app = slackApp({
    mode: 'http',
    botToken,
    appToken,
    signingSecret,
    port: otherPort,
    apiUrl: desk.team.slack.apiUrl,
    watch: watchedFetch(),
    world: world(),
    log: { warn() {} },
  });
  await app.start();
  return { url: `http://127.0.0.1:${otherPort}/slack/events`, stop: () => app.stop() };
}

describe('two secrets while they rotate', () => {
  it('Slack: the new and the old one are good, any other is not, an empty one opens nothing (F26)', async () => {
    await openHttp();
    expect(await post(event('Ev1', oldSecret))).toBe(200);
    expect(await post(event('Ev2'))).toBe(200);
    expect(await post(event('Ev3', 'another'))).toBe(401);
    expect(await post(event('Ev4', ' '))).toBe(401);
    expect(() => slackApp({ ...minimal(), signingSecret: '' })).toThrow('signing secret');
    expect(() => slackApp({ ...minimal(), signingSecret: 'good', oldSigningSecret: undefined })).not.toThrow();
  });
  const minimal = () => ({
    mode: 'http' as const,
    botToken,
    port: 1,
    apiUrl: desk.team.slack.apiUrl,
    watch: watchedFetch(),
    world: world(),
    log: { warn() {} },
  });
});

describe('2,000 bad requests in parallel with good ones', () => {
  it('to Telegram’s door: none, empty, wrong secret, broken and huge bodies: 401, nothing parsed, good ones served (F26) (S1)', async () => {
    const secret = 'a-secret-of-the-webhook';
    const house = await mailboxWorld();
    const app = fastify();
    let parsed = 0;
    app.addHook('preParsing', async (_request, _reply, payload) => {
      parsed += 1;
      return payload;
    });
    await app.register(telegramWebhook({ world: house.world, botId, path: '/telegram', secrets: [secret] }));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port: at } = app.server.address() as { port: number };
    const send = async (id: number, given: string | undefined, body: string): Promise<number> => {
      const headers = {
        'content-type': 'application/json',
        ...(given === undefined ? {} : { 'x-telegram-bot-api-secret-token': given }),
      };
      return statusOf(at, '/telegram', headers, body || update(id));
    };
    const wrong = [undefined, '', 'x', `${secret}x`, secret.slice(1), secret.toUpperCase()];
    const bodies = ['{"update_id": 1', '\u0000\u0001', '', '['.repeat(5000)];
    const bad = Array.from(
      { length: 1000 },
      (_, n) => () => send(n, wrong[n % wrong.length], bodies[n % bodies.length] ?? ''),
    );
    const good = Array.from({ length: 50 }, (_, n) => () => send(100_000 + n, secret, ''));
    const statuses = await inParallel(mixed(bad, good), 20);
    expect(count(statuses, 401)).toBe(1000);
    expect(count(statuses, 200)).toBe(50);
    expect(parsed).toBe(50);
    expect(await house.mailbox.count({})).toBe(50);
    expect(await unreadBytes(at, '/telegram', { 'x-telegram-bot-api-secret-token': 'wrong' })).toBe(401);
    await house.mailbox.remove({});
    await app.close();
    await house.close();
  });

  it('to Slack’s door: unsigned, wrongly signed, old, future, broken bodies: 401, nothing parsed, good ones served (F26) (S1)', async () => {
    await openHttp();
    const parse = vi.spyOn(JSON, 'parse');
    const now = Date.now() / 1000;
    const broken = (n: number): Signed => ({ ...event(`Bad${n}`, 'wrong'), body: `{"forged-mark": ${n}` });
    const kindsOfBad: ((n: number) => Signed)[] = [
      (n) => ({ ...event(`Bad${n}`), headers: { 'content-type': 'application/json' } }),
      (n) => event(`Bad${n}`, 'wrong secret'),
      (n) => event(`Bad${n}`, signingSecret, now - 400),
      (n) => event(`Bad${n}`, signingSecret, now + 400),
      (n) => ({ ...event(`Bad${n}`), body: `${bodyOf('forged-mark')} ` }),
      broken,
      (n) => ({ ...event(`Bad${n}`), headers: { ...event(`Bad${n}`).headers, 'x-slack-signature': 'v0=' } }),
      (n) => ({ ...event(`Bad${n}`), headers: { ...event(`Bad${n}`).headers, 'x-slack-request-timestamp': 'NaN' } }),
    ];
    const bad = Array.from({ length: 1000 }, (_, n) => () => sent((kindsOfBad[n % kindsOfBad.length] ?? broken)(n)));
    const good = Array.from({ length: 50 }, (_, n) => () => sent(event(`Good${n}`)));
    const statuses = await inParallel(mixed(bad, good), 20);
    expect(count(statuses, 401)).toBe(1000);
    expect(count(statuses, 200)).toBe(50);
    const texts = parse.mock.calls.map(([text]) => String(text));
    expect(texts.filter((text) => text.includes('forged-mark') || text.includes('"Bad'))).toEqual([]);
    expect(texts.filter((text) => text.includes('"Good'))).toHaveLength(50);
    parse.mockRestore();
    expect(await desk.store.mailbox.count({})).toBe(50);
    expect(await unreadBytes(port, '/slack/events', {})).toBe(401);
  });
  const sent = ({ headers, body }: Signed) => statusOf(port, '/slack/events', headers, body);
});

const update = (id: number) =>
  JSON.stringify({
    update_id: id,
    message: { message_id: id, date: 1, chat: { id: 5, type: 'private' }, from: { id: 5, is_bot: false }, text: 'так' },
  });

const count = (statuses: number[], wanted: number): number => statuses.filter((status) => status === wanted).length;

/** Good ones spread among the bad. */
const mixed = <T>(bad: T[], good: T[]): T[] =>
  bad.flatMap((one, n) => (n % 20 === 0 && good[n / 20] ? [one, good[n / 20] as T] : [one]));

async function inParallel<T>(work: (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const done: T[] = [];
  const waiting = work.values();
  const worker = async () => {
    for (const one of waiting) done.push(await one());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}

/** Node's own client: it gives the status even when the other side reads no body and hangs up. */
function statusOf(at: number, path: string, headers: Record<string, string>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const request = httpRequest(
      { host: '127.0.0.1', port: at, path, method: 'POST', headers, agent: false },
      (answer) => {
        status = answer.statusCode ?? 0;
        answer.resume().on('end', () => resolve(status));
      },
    );
    request.on('error', (error) => (status ? resolve(status) : reject(error)));
    request.end(body);
  });
}

/** A head that declares 100 MB and sends none of it: the answer comes all the same, and the line is closed. */
function unreadBytes(at: number, path: string, headers: Record<string, string>): Promise<number> {
  const head = ['host: x', 'content-type: application/json', 'content-length: 104857600'];
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(at, '127.0.0.1', () =>
      socket.write(`POST ${path} HTTP/1.1\r\n${[...head, ...more].join('\r\n')}\r\n\r\n`),
    );
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('close', () => resolve(Number(answer.split(' ')[1])));
    socket.on('error', reject);
  });
}
