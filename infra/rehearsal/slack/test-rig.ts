import { type AddressInfo, createServer } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { SlackStandIn, SlackStandInOptions } from './stand-in.ts';
import { startSlackStandIn } from './stand-in.ts';

export const botToken = 'xoxb-test';
export const appToken = 'xapp-test';
export const signingSecret = 'secret';

/** A clock that stands still until moved. */
const stillClock = (at = Date.parse('2026-11-23T08:00:00+02:00')) => ({
  now: () => at,
  move(ms: number) {
    at += ms;
  },
});

export async function startTeam(options: Partial<SlackStandInOptions> = {}) {
  const clock = stillClock();
  const slack = await startSlackStandIn({
    botToken,
    appToken,
    signingSecret,
    teamName: 'DAS Arad',
    clock,
    ...options,
    pace: { lookEveryMs: 10, refreshMs: 20, ackMs: 1000, ...options.pace },
  });
  const ioana = slack.addUser({
    id: 'U1IOANA',
    personId: 'ioana',
    name: 'ioana',
    realName: 'Ioana Marin',
    locale: 'ro-RO',
    email: 'i@das.ro',
  });
  const andrei = slack.addUser({
    id: 'U2ANDREI',
    personId: 'andrei',
    name: 'andrei',
    realName: 'Andrei Stan',
    locale: 'ro-RO',
  });
  slack.addChannel({
    id: 'C1ALERT',
    name: 'alerte-arad',
    topic: 'numai gardă',
    members: [ioana.id, andrei.id],
    isBotIn: true,
  });
  slack.addChannel({ id: 'C2OTHER', name: 'altele', topic: '', members: [ioana.id], isBotIn: false });
  return { slack, clock, ioana, andrei, web: webOf(slack) };
}

export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export type SlackTeam = Awaited<ReturnType<typeof startTeam>>;

export const webOf = (slack: SlackStandIn, token = botToken): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
    logger: quiet,
  });

function appWith(slack: SlackStandIn, receiver: SocketModeReceiver | HTTPReceiver): App {
  return new App({
    receiver,
    token: botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    tokenVerificationEnabled: false,
    ignoreSelf: false,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    logger: quiet,
  });
}

/** A real Bolt app on Socket Mode. */
export async function socketApp(slack: SlackStandIn, listen: (app: App) => void) {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: quiet,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, timeout: 5000, retryConfig: { retries: 0 } } },
  } as ConstructorParameters<typeof SocketModeReceiver>[0]);
  const app = appWith(slack, receiver);
  listen(app);
  await app.start();
  return { app, receiver, stop: async () => void (await app.stop()) };
}

/** A real Bolt app behind signed HTTP requests. */
export async function httpApp(slack: SlackStandIn, port: number, listen: (app: App) => void, secret = signingSecret) {
  const receiver = new HTTPReceiver({ signingSecret: secret, logger: quiet });
  const app = appWith(slack, receiver);
  listen(app);
  await app.start(port);
  return { app, stop: async () => void (await app.stop()) };
}

/** The error code of a refused call. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const { data, message } = error as { data?: { error?: string }; message: string };
    return data?.error ?? message;
  }
}

export const button = (text: string, action_id: string, value?: string) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text },
  action_id,
  ...(value ? { value } : {}),
});
export const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
export const actions = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });
export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export async function until(isSo: () => boolean, ms = 2000): Promise<void> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
