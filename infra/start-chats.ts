import type { Update } from '@grammyjs/types';
import fastify from 'fastify';
import { say } from '#bots/dialogue/say.ts';
import { slackApp, WrongSlackToken, whoAmI } from '#bots/slack/app.ts';
import { slackFinder } from '#bots/slack/find-posted.ts';
import { slackLooks } from '#bots/slack/looks.ts';
import type { SlackBody } from '#bots/slack/payload.ts';
import { incomingOf as slackIncoming } from '#bots/slack/receive.ts';
import { slackSend, slackSplit } from '#bots/slack/send.ts';
import { telegramDownload } from '#bots/telegram/download.ts';
import { fetchUpdates } from '#bots/telegram/fetch-updates.ts';
import { telegramFixedLines } from '#bots/telegram/fixed-lines.ts';
import type { Keeping } from '#bots/telegram/keep-updates.ts';
import type { TelegramLine } from '#bots/telegram/line.ts';
import { telegramLooks, WrongToken } from '#bots/telegram/looks.ts';
import { incomingOf as telegramIncoming } from '#bots/telegram/receive.ts';
import { telegramSend, telegramSplit } from '#bots/telegram/send.ts';
import { setTelegramWebhook } from '#bots/telegram/set-webhook.ts';
import { watchWebhook } from '#bots/telegram/watch-webhook.ts';
import { telegramWebhook } from '#bots/telegram/webhook.ts';
import type { World } from '#core/world.ts';
import { type Download, FileRefused } from '#jobs/fetch-file.ts';
import type { Pace } from '#jobs/pace.ts';
import type { SlackConfig, TelegramConfig, WebhookConfig } from './config.ts';
import { watchedFetch } from './http.ts';
import type { Log } from './log.ts';
import type { ChatPart } from './start-house.ts';

/** How many calls are under way at once, and how many of these are kept for what is urgent. */
const telegramCalls = { atOnce: 12, kept: 4 };
const slackCalls = { atOnce: 8, kept: 3 };

/** Everything Telegram brings into a process. Asks who the token belongs to; a wrong one stops the start with a sentence. */
export async function telegramChat(world: World, config: TelegramConfig, log: Log, pace?: Pace): Promise<ChatPart> {
  const line = { token: config.token, apiRoot: config.apiRoot, watch: watchedFetch() };
  const looks = telegramLooks(line);
  const me = await looks.whoAmI().catch((error) => meanwhile(error, config.token, log));
  const { buttons, delivery } = await world.settings();
  const { validDays } = buttons;
  const download = telegramDownload(line);
  const alarms = new Map<string, () => boolean>();
  let stop = async (): Promise<void> => {};
  return {
    channel: 'telegram',
    username: me.botUsername || undefined,
    pace: pace ?? { ...telegramCalls, ...delivery.pace.telegram },
    isPolling: !config.webhook,
    faults: () => [...alarms].filter(([, isSo]) => isSo()).map(([fault]) => fault),
    read: (item) => telegramIncoming(item.body as Update, { ...me, seal: world.seal }),
    after(incoming, { toast }) {
      if (!('callbackId' in incoming) || !incoming.callbackId) return;
      void looks.answerTap(incoming.callbackId, toast?.text && say(toast.text, toast.language));
    },
    send: telegramSend({ ...line, seal: world.seal, settings: { validDays } }),
    split: telegramSplit({ seal: world.seal, settings: { validDays } }),
    download: byReference(download),
    async start() {
      void looks.setUpTexts();
      const lines = telegramFixedLines(line, world);
      const end = await receive({ world, botId: me.botId, lines }, config, line, log, alarms);
      stop = async () => {
        lines.stop();
        await end();
      };
    },
    stop: () => stop(),
  };
}

/** A chat that cannot be reached does not stop the start: what the token itself tells is enough until it answers. A wrong token does. */
function meanwhile(error: unknown, token: string, log: Log): { botId: string; botUsername: string } {
  if (error instanceof WrongToken) throw error;
  log.warn({ err: error }, 'Telegram cannot be reached now; the bot starts all the same');
  return { botId: token.split(':')[0] ?? '', botUsername: '' };
}

function slackMeanwhile(error: unknown, log: Log): { botUserId: string | undefined } {
  if (error instanceof WrongSlackToken) throw error;
  log.warn({ err: error }, 'Slack cannot be reached now; the app starts all the same');
  return { botUserId: undefined };
}

/** Long polling, or a webhook when an address is configured; both store before they confirm. */
async function receive(
  keeping: Keeping,
  { webhook }: TelegramConfig,
  line: TelegramLine,
  log: Log,
  alarms: Map<string, () => boolean>,
): Promise<() => Promise<void>> {
  const onError = (error: unknown) =>
    log.warn({ err: error }, 'Telegram could not be reached or stored; it is tried again');
  if (!webhook) {
    const fetching = fetchUpdates({
      ...line,
      ...keeping,
      onError,
      onAlarm(reason) {
        log.error({ reason }, 'another program uses this token; end one of the two, or re-key the bot');
        const until = performance.now() + alarmMs;
        alarms.set(`Telegram: ${reason}; another program has our token`, () => performance.now() < until);
      },
    });
    return () => fetching.stop();
  }
  const app = fastify({ bodyLimit: 2 * 1024 * 1024 });
  await app.register(
    telegramWebhook({ ...keeping, path: new URL(webhook.url).pathname, secrets: secretsOf(webhook), onError }),
  );
  await app.listen({ port: webhook.port, host: '0.0.0.0' });
  await setTelegramWebhook(line, webhook);
  const watch = watchWebhook({ line, webhook, onFault: (fault) => log.error({ fault }, 'the webhook is not right') });
  alarms.set(webhookFault, () => watch.faults().length > 0);
  return async () => {
    watch.stop();
    await app.close();
  };
}

/** So long an alarm stands in what is wrong: a person has to look. */
const alarmMs = 15 * 60_000;
const webhookFault = 'the webhook of Telegram is not as it was set; the log says more';

/** The new one and, while it has not come everywhere, the old one. */
const secretsOf = ({ secret, oldSecret }: WebhookConfig): string[] => (oldSecret ? [secret, oldSecret] : [secret]);

const byReference =
  (download: ReturnType<typeof telegramDownload>): Download =>
  async ({ ref }, atMostBytes) => {
    const loaded = await download(ref, atMostBytes);
    if (loaded.is !== 'loaded') throw new FileRefused(loaded.is === 'gone' ? 'gone' : 'tooBig');
    return loaded.bytes;
  };

/** Everything Slack brings into a process. A wrong token stops the start with a sentence. */
export async function slackChat(
  world: World,
  { botToken, apiUrl, way }: SlackConfig,
  log: Log,
  pace?: Pace,
): Promise<ChatPart> {
  const calling = { token: botToken, apiUrl, watch: watchedFetch() };
  const { botUserId } = await whoAmI(calling).catch((error) => slackMeanwhile(error, log));
  const { buttons, delivery } = await world.settings();
  const { validDays } = buttons;
  const looks = slackLooks(calling);
  const ours = { botToken, apiUrl, watch: calling.watch, world, log };
  const app = slackApp(
    way.kind === 'socket'
      ? { ...ours, mode: 'socket', appToken: way.appToken }
      : {
          ...ours,
          mode: 'http',
          signingSecret: way.signingSecret,
          oldSigningSecret: way.oldSigningSecret,
          port: way.port,
        },
  );
  return {
    channel: 'slack',
    pace: pace ?? { ...slackCalls, ...delivery.pace.slack },
    isPolling: false,
    read: (item) => slackIncoming(item.body as SlackBody, { botUserId, seal: world.seal }),
    after(incoming, { toast }) {
      if (toast?.text) void looks.toast(incoming, toast.text, toast.language);
    },
    send: slackSend({ ...calling, seal: world.seal, settings: { validDays } }),
    split: slackSplit({ seal: world.seal, settings: { validDays } }),
    findPosted: slackFinder(calling),
    async download({ url, ref }, atMostBytes) {
      const loaded = await looks.download(url, atMostBytes, ref);
      if (loaded.is === 'failed') throw new Error('the file could not be fetched this time');
      if (loaded.is !== 'got') throw new FileRefused(loaded.is === 'gone' ? 'gone' : 'tooBig');
      return loaded.bytes;
    },
    start: () => app.start(),
    stop: () => app.stop(),
  };
}
