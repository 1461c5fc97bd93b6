import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Modal } from '#core/modal.ts';
import { phrase, words } from '#core/phrase.ts';
import { openStore, type Store } from '#core/store.ts';
import type { Wake, World } from '#core/world.ts';
import { watchedFetch } from '#infra/http.ts';
import { buildIndexes, connectMongo } from '#infra/mongo.ts';
import { signed } from '#infra/rehearsal/slack/signed.ts';
import type { SlackStandInOptions } from '#infra/rehearsal/slack/stand-in.ts';
import { appToken, botToken, signingSecret, startTeam, until, type SlackTeam } from '#infra/rehearsal/slack/test-rig.ts';
import { makeSeal } from '#infra/seal.ts';
import { testPlace } from '#infra/test/place.ts';
import type { FormValues } from '../dialogue/incoming.ts';
import { type SlackApp, type SlackAppOptions, slackApp, whoAmI } from './app.ts';
import type { SlackBody } from './payload.ts';
import { incomingOf } from './receive.ts';
import { slackSend } from './send.ts';

const seal = makeSeal(Buffer.alloc(32, 7));
const plain = (text: string) => phrase('general:plain', { text: words(text) });
let connection: Connection;
let store: Store;
let team: SlackTeam;
let app: SlackApp;
let woken: Wake[];

beforeAll(async () => {
  const place = testPlace();
  connection = await connectMongo(place.mongodbUri, place.databaseName);
  store = openStore(connection, seal);
  await buildIndexes(store);
});
afterAll(() => connection.close());
beforeEach(() => {
  woken = [];
});
afterEach(async () => {
  await app.stop();
  await team.slack.close();
  await store.mailbox.remove({});
});

const world = (over: Partial<Store['mailbox']> = {}): World =>
  ({
    clock: { wall: () => new Date(), mono: () => performance.now() },
    seal,
    store: { ...store, mailbox: { ...store.mailbox, ...over } },
    wake: (what: Wake) => void woken.push(what),
  }) as unknown as World;

const calling = () => ({ token: botToken, apiUrl: team.slack.apiUrl, watch: watchedFetch() });
const log = { warn() {} };

async function open(more: Partial<SlackAppOptions> = {}, given: Partial<SlackStandInOptions> = {}) {
  team = await startTeam(given);
  app = slackApp({ mode: 'socket', botToken, appToken, signingSecret, apiUrl: team.slack.apiUrl, watch: watchedFetch(), world: world(), log, lateMs: 100_000, ...more });
  await app.start();
  if (!app.isConnected()) await until(() => team.slack.sockets() === 2);
}

const stored = async () => (await store.mailbox.find({}, { sort: { order: 1 } })).map((item) => ({ ...item, incoming: incomingOf(item.body as SlackBody, { seal, botUserId: team.slack.botUserId }) }));
const kinds = async () => (await stored()).map(({ incoming }) => incoming.kind);

/** A card of ours in Ioana's direct channel, as the outbox would post it. */
async function card() {
  const send = slackSend({ ...calling(), seal, settings: { validDays: 30 } });
  const message = { lines: [plain('Alertă')], buttons: [[{ label: plain('Preiau'), action: 'alert.take' as const }, { label: plain('Citesc'), action: 'alert.read' as const, opensForm: true }]] };
  const sent = await send({ method: 'send', message, files: [], rowId: 'r', address: 'U1IOANA', account: 'U1IOANA', language: 'ro', epoch: 0, now: new Date(), isMarked: false });
  if (sent.is !== 'sent') throw new Error(sent.why);
  return { channel: sent.chatId ?? '', ts: sent.messageId ?? '' };
}

describe('on two sockets', () => {
  test('what a person does is stored, sealed, before it is acknowledged, and its lane is woken', async () => {
    await open();
    team.ioana.says('bot', 'Bună ziua');
    await team.slack.quiet();
    const [item] = await stored();
    expect(item).toMatchObject({ state: 'waiting', channel: 'slack', incoming: { kind: 'text', text: 'Bună ziua' } });
    expect(woken).toEqual([{ mailbox: [item?.lane] }]);
    const raw = await connection.db?.collection('mailbox').findOne({});
    expect(JSON.stringify(raw)).not.toMatch(/Bună|U1IOANA/);
  });

  test('copies with other event ids are stored once', async () => {
    await open();
    team.slack.faults.copyEvents(5);
    team.ioana.says('bot', 'o dată');
    await team.slack.quiet();
    expect(await stored()).toHaveLength(1);
  });

  test('our own posts and what people say to one another are not kept', async () => {
    await open();
    await card();
    team.ioana.says('C1ALERT', 'despre cazul 12');
    team.ioana.opensMessages();
    await team.slack.quiet();
    expect(await kinds()).toEqual([]);
  });

  test('a store that does not answer in time counts as away, and what it writes later is the same item', async () => {
    let write: () => Promise<void> = async () => {};
    const insert: Store['mailbox']['insert'] = (item) => new Promise((resolve) => (write = () => store.mailbox.insert(item).then(resolve)));
    await open({ world: world({ insert }) });
    const before = performance.now();
    expect((await team.ioana.command('/garda')).isAcked).toBe(false);
    expect(performance.now() - before).toBeLessThan(3000);
    await write();
    expect(await kinds()).toEqual(['command']);
  });

  test('taps, commands, shortcuts, files and an opened home all come in', async () => {
    await open();
    const ref = await card();
    expect((await team.ioana.presses(ref, 'Preiau')).isAcked).toBe(true);
    expect((await team.ioana.command('/garda')).isAcked).toBe(true);
    expect((await team.ioana.messageShortcut('make_note', ref)).isAcked).toBe(true);
    team.ioana.uploads({ name: 'a.pdf', content: 'x', text: 'acte' });
    team.ioana.opensHome();
    await team.slack.quiet();
    expect((await kinds()).sort()).toEqual(['button', 'command', 'files', 'home', 'shortcut']);
  });

  test('nobody is acknowledged while the store is away; Slack brings it again and it is stored once', async () => {
    let isAway = true;
    const insert: Store['mailbox']['insert'] = async (item) => {
      if (isAway) throw new Error('the store is away');
      await store.mailbox.insert(item);
    };
    await open({ world: world({ insert }) }, { pace: { ackMs: 200, redeliverAfterMs: [0, 0, 0] } });
    expect((await team.ioana.command('/garda')).isAcked).toBe(false);
    team.ioana.says('bot', 'ajutor');
    await until(() => team.slack.calls.of('chat.postMessage').length > 0);
    isAway = false;
    await until(() => woken.length > 0, 4000);
    expect(await kinds()).toEqual(['text']);
    expect(team.slack.messages('U1IOANA').filter(({ isBot }) => isBot)).toMatchObject([{ text: expect.stringContaining('112') }]);
  });

  test('a person whose message nobody takes up is told once that it is kept', async () => {
    await open({ lateMs: 30 });
    team.ioana.says('bot', 'unu');
    team.ioana.says('bot', 'doi');
    await until(() => team.slack.calls.of('chat.postMessage').length > 0);
    await sleep(60);
    expect(team.slack.messages('U1IOANA').filter(({ isBot }) => isBot)).toMatchObject([{ text: expect.stringContaining('este păstrat') }]);
  });

  test('both come back by themselves, and work goes on while one is renewed', async () => {
    await open();
    team.slack.faults.refreshSockets(1);
    team.ioana.says('bot', 'între timp');
    await team.slack.quiet();
    team.slack.faults.dropSockets();
    await until(() => team.slack.sockets() === 2);
    team.slack.faults.failNext({ method: 'apps.connections.open', status: 503, count: 2 });
    team.slack.faults.dropSockets();
    await until(() => team.slack.sockets() === 2, 4000);
    expect(app.isConnected()).toBe(true);
    team.slack.redeliver();
    await team.slack.quiet();
    expect(await kinds()).toEqual(['text']);
  });

  test('starting calls nothing but the sockets, and stopping ends them', async () => {
    await open();
    expect(new Set(team.slack.calls.all.map(({ method }) => method))).toEqual(new Set(['apps.connections.open']));
    await app.stop();
    await until(() => team.slack.sockets() === 0);
    expect(app.isConnected()).toBe(false);
  });
});

describe('a form', () => {
  const modal = (run: string): Modal => ({
    is: 'form',
    run,
    title: plain('Decizia'),
    above: [],
    submit: plain('Trimit'),
    fields: [
      { key: 'what', ask: plain('Ce ați hotărât?'), kind: 'words', isOptional: false, mayHaveFiles: true },
      { key: 'at', ask: plain('Când?'), kind: 'moment', isOptional: true },
      { key: 'phone', ask: plain('Telefon'), kind: 'phone', isOptional: true },
    ],
  });

  async function opened() {
    await open();
    await team.ioana.presses(await card(), 'Citesc');
    await until(() => team.ioana.state().modals.length === 1);
    const [item] = await stored();
    const view = item?.incoming.kind === 'button' ? (item.incoming.view ?? '') : '';
    const send = slackSend({ ...calling(), seal, settings: { validDays: 30 } });
    expect(await send({ method: 'modal', modal: modal('cd'.repeat(12)), view, rowId: 'm', address: 'U1IOANA', account: 'U1IOANA', language: 'ro', epoch: 0, now: new Date(), isMarked: false })).toEqual({ is: 'sent' });
    return team.ioana.state().modals[0]?.viewId ?? '';
  }

  test('is opened at the tap, filled by the worker, sent, stored and closed', async () => {
    const view = await opened();
    const fileId = team.ioana.choosesFile({ name: 'a.png', content: 'x' });
    team.ioana.fills(view, { words: 'Echipa pleacă acum.', files: fileId, date: '2026-11-24', time: '10:30' });
    expect(await team.ioana.submits(view)).toMatchObject({ isAcked: true, errors: {} });
    const { incoming } = (await stored()).at(-1) ?? {};
    const values = (incoming as unknown as { values: FormValues }).values;
    expect(incoming).toMatchObject({ kind: 'form', run: 'cd'.repeat(12) });
    expect(values).toMatchObject({ what: { text: 'Echipa pleacă acum.', files: [{ kind: 'photo', name: 'a.png' }] }, at: { local: '2026-11-24T10:30' } });
    expect(team.ioana.state().modals).toEqual([]);
  });

  test('with a fault says so at its field, keeps what was typed and is not stored', async () => {
    const view = await opened();
    team.ioana.fills(view, { words: 'Echipa pleacă.', phone: '07', date: '2026-11-24' });
    const sent = await team.ioana.submits(view);
    expect(Object.keys(sent.errors).sort()).toEqual(['at_time', 'phone']);
    expect((await kinds()).includes('form')).toBe(false);
    expect(team.ioana.state().modals).toHaveLength(1);
  });

  test('whose button stands in something to read opens on top of it', async () => {
    await open();
    await team.ioana.presses(await card(), 'Citesc');
    await until(() => team.ioana.state().modals.length === 1);
    const [item] = await stored();
    const view = item?.incoming.kind === 'button' ? (item.incoming.view ?? '') : '';
    const message = { lines: [plain('Povestea')], buttons: [[{ label: plain('Am decis'), action: 'alert.decide' as const, opensForm: true }]] };
    const send = slackSend({ ...calling(), seal, settings: { validDays: 30 } });
    await send({ method: 'modal', modal: { is: 'reading', title: plain('Citesc'), message }, view, rowId: 'm', address: 'U1IOANA', account: 'U1IOANA', language: 'ro', epoch: 0, now: new Date(), isMarked: false });
    await team.ioana.presses(team.ioana.state().modals[0]?.viewId ?? '', 'Am decis');
    await until(() => team.ioana.state().modals.length === 2);
    expect((await stored()).at(-1)?.incoming).toMatchObject({ kind: 'button', view: expect.any(String) });
  });

  test('that cannot be opened is only looks: the tap is stored all the same', async () => {
    await open();
    const ref = await card();
    team.slack.faults.failNext({ method: 'views.open', error: 'internal_error' });
    expect((await team.ioana.presses(ref, 'Citesc')).isAcked).toBe(true);
    await until(() => team.slack.calls.of('views.open').length === 1);
    expect([await kinds(), team.ioana.state().modals]).toEqual([['button'], []]);
  });
});

describe('over HTTP', () => {
  async function openHttp(more: Partial<SlackAppOptions> = {}) {
    const port = await freePort();
    await open({ mode: 'http', port, ...more }, { http: { eventsUrl: `http://127.0.0.1:${port}/slack/events` } });
  }
  const line = () => {
    if (!team.slack.signed) throw new Error('not in HTTP mode');
    return team.slack.signed;
  };

  test('a signed request is stored with its signature, and the same again is taken once', async () => {
    await openHttp();
    expect(await line().verify()).toBe(true);
    team.ioana.says('bot', 'Bună');
    await team.slack.quiet();
    const request = line().sent.at(-1);
    expect(request && (await line().post(request)).status).toBe(200);
    expect(await stored()).toMatchObject([{ nonce: request?.headers['x-slack-signature'] }]);
    expect((await team.ioana.command('/garda')).isAcked).toBe(true);
    expect(await kinds()).toEqual(['text', 'command']);
  });

  test('one that nobody signed, an old one and one of the future are refused', async () => {
    await openHttp();
    const url = `http://127.0.0.1:${new URL(line().sent[0]?.url ?? (await sample()).url).port}/slack/events`;
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event: { type: 'app_home_opened', user: 'U1IOANA', tab: 'home' } });
    const at = (seconds: number, secret = signingSecret) => line().post(signed(secret, url, 'application/json', body, Date.now() / 1000 + seconds));
    expect((await at(0, 'another secret')).status).toBe(401);
    expect((await at(-400)).status).toBe(401);
    expect((await at(400)).status).toBe(401);
    expect(await kinds()).toEqual([]);
    expect((await at(0)).status).toBe(200);
    expect(await kinds()).toEqual(['home']);
  });

  test('while the store is away the answer is 503', async () => {
    await openHttp({ world: world({ insert: async () => Promise.reject(new Error('away')) }) });
    team.ioana.opensHome();
    await team.slack.quiet();
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

describe('who we are', () => {
  test('is asked with the token, and a wrong one is said in words', async () => {
    await open();
    expect(await whoAmI(calling())).toMatchObject({ botUserId: team.slack.botUserId, botId: team.slack.botId });
    await expect(whoAmI({ ...calling(), token: 'xoxb-wrong' })).rejects.toThrow('Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
    await expect(whoAmI({ ...calling(), apiUrl: 'http://127.0.0.1:9/api/' })).rejects.toThrow('Slack cannot be reached');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
