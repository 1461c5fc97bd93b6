import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { phrase, words } from '#core/phrase.ts';
import { openStore, type Store } from '#core/store.ts';
import type { Wake, World } from '#core/world.ts';
import { watchedFetch } from '#infra/http.ts';
import { buildIndexes, connectMongo } from '#infra/mongo.ts';
import type { SlackStandInOptions } from '#infra/rehearsal/slack/stand-in.ts';
import {
  appToken,
  botToken,
  type SlackTeam,
  signingSecret,
  startTeam,
  until,
} from '#infra/rehearsal/slack/test-rig.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { testPlace } from '#infra/test/place.ts';
import { type SlackApp, type SlackAppOptions, slackApp } from '../app.ts';
import type { SlackBody } from '../payload.ts';
import { incomingOf } from '../receive.ts';
import { slackSend } from '../send.ts';

export const seal = loneSeal(7);
export const plain = (text: string) => phrase('general:plain', { text: words(text) });

let connection: Connection;
let store: Store;

/** Our end of Slack against the stand-in, on a real mailbox: one at a time, closed after each test. */
export const desk = {
  team: undefined as unknown as SlackTeam,
  app: undefined as unknown as SlackApp,
  woken: [] as Wake[],
  get store() {
    return store;
  },
  get connection() {
    return connection;
  },
};

beforeAll(async () => {
  const place = testPlace();
  connection = await connectMongo(place.mongodbUri, place.databaseName);
  store = openStore(connection, seal);
  await buildIndexes(store);
});
afterAll(() => connection.close());
afterEach(async () => {
  await desk.app.stop();
  await desk.team.slack.close();
  await store.mailbox.remove({});
});

/** A world with the real stores, of which some calls may be put in the way. */
export const world = (over: Partial<Store['mailbox']> = {}): World =>
  ({
    clock: { wall: () => new Date(), mono: () => performance.now() },
    seal,
    store: { ...store, mailbox: { ...store.mailbox, ...over } },
    wake: (what: Wake) => void desk.woken.push(what),
  }) as unknown as World;

export const calling = () => ({ token: botToken, apiUrl: desk.team.slack.apiUrl, watch: watchedFetch() });
export const sender = () => slackSend({ ...calling(), seal, settings: { validDays: 30 } });

export async function open(more: Partial<SlackAppOptions> = {}, given: Partial<SlackStandInOptions> = {}) {
  const ours = { mode: 'socket' as const, botToken, appToken, signingSecret, log: { warn() {} }, lateMs: 100_000 };
  desk.woken = [];
  desk.team = await startTeam(given);
  desk.app = slackApp({ ...ours, apiUrl: desk.team.slack.apiUrl, watch: watchedFetch(), world: world(), ...more });
  await desk.app.start();
  if (!desk.app.isConnected()) await until(() => desk.team.slack.sockets() === 2);
}

/** What lies in the mailbox, in its order, and how it is read. */
export const stored = async () =>
  (await store.mailbox.find({}, { sort: { order: 1 } })).map((item) => ({
    ...item,
    incoming: incomingOf(item.body as SlackBody, { seal, botUserId: desk.team.slack.botUserId }),
  }));
export const kinds = async () => (await stored()).map(({ incoming }) => incoming.kind);

export async function card() {
  const send = sender();
  const message = {
    lines: [plain('Alertă')],
    buttons: [
      [
        { label: plain('Preiau'), action: 'alert.take' as const },
        { label: plain('Citesc'), action: 'alert.read' as const, opensForm: true },
      ],
    ],
  };
  const sent = await send({
    method: 'send',
    message,
    files: [],
    rowId: 'r',
    address: 'U1IOANA',
    account: 'U1IOANA',
    language: 'ro',
    epoch: 0,
    now: new Date(),
    isMarked: false,
  });
  if (sent.is !== 'sent') throw new Error(sent.why);
  return { channel: sent.chatId ?? '', ts: sent.messageId ?? '' };
}
