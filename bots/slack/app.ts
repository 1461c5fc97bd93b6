import { createServer, type RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { World } from '#core/world.ts';
import { type Calling, silent, slackClient } from './client.ts';
import { knownLanguages, slackFixedLines } from './fixed-lines.ts';
import { httpDoor, refuse } from './http-door.ts';
import { keepIn, Replayed } from './keep.ts';
import { keeping, type Marks } from './keeping.ts';
import { listen } from './listeners.ts';
import { slackLooks } from './looks.ts';
import { codeOf } from './outcome.ts';
import { openSocket } from './sockets.ts';

/** The part of a log that is used here. */
export type Log = { warn(fields: object, sentence: string): void };

export type SlackAppOptions = {
  mode: 'socket' | 'http';
  botToken: string;
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  /** HTTP mode: still good while secrets rotate. */
  oldSigningSecret?: string | undefined;
  apiUrl: string;
  /** HTTP mode: where to listen. */
  port?: number | undefined;
  watch: Calling['watch'];
  world: World;
  log: Log;
  /** After so long without a worker the person is told that the message is kept. */
  lateMs?: number;
};

/** The running end; `isConnected`: at least one socket stands, or the port is open. */
export type SlackApp = { start(): Promise<void>; stop(): Promise<void>; isConnected(): boolean };

type Way = { receivers: Receiver[]; start(): Promise<void>; stop(): Promise<void>; isConnected(): boolean };

const longestRestMs = 5000;

/** Our end of Slack: stores what comes, acknowledges, wakes the worker. Starting calls nothing but the sockets. */
export function slackApp(options: SlackAppOptions): SlackApp {
  const { world, botToken, lateMs = 2000 } = options;
  const looks = slackLooks({ token: botToken, apiUrl: options.apiUrl, watch: options.watch });
  const languages = knownLanguages(world);
  const lines = slackFixedLines(world, looks, languages.of, lateMs);
  const keep = keepIn(world, { onKept: lines.kept, onNotKept: lines.notKept });
  const way = options.mode === 'socket' ? sockets(options) : http(options);
  const kept = way.receivers.map((receiver) => keeping(receiver, keep));
  const app = new App({
    receiver: { init: (one) => initAll(kept, one), start: way.start, stop: way.stop },
    authorize: async () => ({ botToken }),
    ignoreSelf: false,
    convoStore: false,
    tokenVerificationEnabled: false,
    clientOptions: { slackApiUrl: options.apiUrl, retryConfig: { retries: 0 } },
    logger: silent,
  });
  listen(app, {
    seal: world.seal,
    now: () => world.clock.wall(),
    looks,
    learn: languages.learn,
    languageOf: languages.of,
  });
  return {
    start: way.start,
    isConnected: way.isConnected,
    async stop() {
      lines.stop();
      const rest = Promise.all(kept.map((receiver) => receiver.rest()));
      await Promise.race([rest, new Promise((resolve) => setTimeout(resolve, longestRestMs).unref())]);
      await way.stop();
    },
  };
}

function initAll(receivers: Receiver[], app: App): void {
  for (const receiver of receivers) receiver.init(app);
}

/** Two sockets: while Slack renews one, the other takes what comes. */
function sockets({ appToken = '', apiUrl, log }: SlackAppOptions): Way {
  const onFailure = (code: string) => log.warn({ code }, 'a socket to Slack did not open; it is tried again');
  const both = [openSocket({ appToken, apiUrl, onFailure }), openSocket({ appToken, apiUrl, onFailure })];
  return {
    receivers: both.map(({ receiver }) => receiver),
    async start() {
      for (const socket of both) socket.open();
    },
    stop: async () => void (await Promise.all(both.map((socket) => socket.close()))),
    isConnected: () => both.some((socket) => socket.isConnected()),
  };
}

/** Bolt parses and routes; who may come in at all is decided by our own door, which knows two secrets and both ends of the window. */
function http({ signingSecret = '', oldSigningSecret, port = 3000, log }: SlackAppOptions): Way {
  const receiver = new HTTPReceiver({
    signingSecret: '',
    signatureVerification: false,
    logger: silent,
    customPropertiesExtractor: ({ headers }): Marks => {
      const signature = headers['x-slack-signature'];
      return typeof signature === 'string' ? { signature } : {};
    },
    processEventErrorHandler: async ({ error, response }) => {
      log.warn({ err: error }, 'a request of Slack was not taken');
      refuse(response, error instanceof Replayed ? 401 : 503);
      return false;
    },
    unhandledRequestHandler: ({ response }) => refuse(response, 503),
  });
  const secrets = oldSigningSecret ? [signingSecret, oldSigningSecret] : [signingSecret];
  const server = createServer(
    { headersTimeout: longestRequestMs, requestTimeout: longestRequestMs },
    httpDoor({ secrets, take: (request, response) => takeOver(receiver, request, response) }),
  );
  return {
    receivers: [receiver],
    isConnected: () => server.listening,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, resolve);
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** Who is this slow is no Slack. */
const longestRequestMs = 10_000;

/** Bolt throws at once for a path it does not know. */
function takeOver({ requestListener }: HTTPReceiver, ...[request, response]: Parameters<RequestListener>): void {
  try {
    requestListener(request, response);
  } catch {
    refuse(response, 404);
  }
}

/** Who this token belongs to; a wrong token is said in words. For `npm run doctor` and the start of a real bot. */
export async function whoAmI(
  calling: Calling,
): Promise<{ teamId: string; team: string; botUserId: string; botId: string }> {
  try {
    const {
      team_id: teamId = '',
      team = '',
      user_id: botUserId = '',
      bot_id: botId = '',
    } = await slackClient(calling).auth.test();
    return { teamId, team, botUserId, botId };
  } catch (error) {
    const code = codeOf(error);
    throw code ? new WrongSlackToken(code) : new Error(`Slack cannot be reached at ${calling.apiUrl}.`);
  }
}

/** Slack does not accept the token. */
export class WrongSlackToken extends Error {
  constructor(code: string) {
    super(`Slack does not accept SLACK_BOT_TOKEN (${code}). Copy it again from "OAuth & Permissions" of the app.`);
    this.name = 'WrongToken';
  }
}
