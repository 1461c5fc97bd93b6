import { setImmediate } from 'node:timers/promises';
import { readyingDanger } from '#core/language/danger.ts';
import type { WatchChat } from '#jobs/probe.ts';
import { databaseClock } from './clock.ts';
import type { Config, SlackConfig, TelegramConfig } from './config.ts';
import { masterKeys } from './encryption-key.ts';
import { startHealth } from './health.ts';
import type { Log } from './log.ts';
import { connectMongo, timeOf } from './mongo.ts';
import { randomIds } from './new-id.ts';
import { rekeyedChat } from './rekeyed-chat.ts';
import { openSeal } from './seal.ts';
import { refuseEvicting, refuseWithoutTransactions } from './server-rules.ts';
import { startServers } from './setup/servers.ts';
import { slackChat, telegramChat } from './start-chats.ts';
import { type ChatPart, type HouseOptions, openHouse } from './start-house.ts';
import { watchSecrets } from './start-secrets.ts';

export type Office = { stop(): Promise<void> };

/** What this process does for the office: `parts` of the house, and which chats it receives for. */
export type Duties = {
  parts?: NonNullable<HouseOptions['parts']>;
  chats?: ('telegram' | 'slack')[];
  hasHealth?: boolean;
};

/** Each bot that runs and has a chat set aside for its synthetic alert. */
const watchChatsOf = ({ telegram, slack, watchChats }: Config): WatchChat[] => [
  ...(telegram && watchChats.telegram ? [{ channel: 'telegram' as const, address: watchChats.telegram }] : []),
  ...(slack && watchChats.slack ? [{ channel: 'slack' as const, address: watchChats.slack }] : []),
];

/** Bit by bit, so that nobody who writes meanwhile waits longer than for one rule. */
async function readyDanger(): Promise<void> {
  for (const _ of readyingDanger()) await setImmediate();
}

/** Starts a real office, or one of its processes: databases, house, chats, health; stops them in the other order. */
export async function startOffice(
  config: Config,
  log: Log,
  { parts, chats = ['telegram', 'slack'], hasHealth = true }: Duties = {},
): Promise<Office> {
  const servers = await startServers({
    dataDir: config.dataDir,
    log,
    mongodbUri: config.mongodbUri,
    redisUrl: config.redisUrl,
  });
  const connection = await connectMongo(servers.mongodbUri, config.mongodbUri ? undefined : 'punte');
  await refuseWithoutTransactions(connection);
  if (config.wake === 'bullmq')
    await refuseEvicting(servers.redisUrl, () =>
      log.warn('Redis is away, or does not say what it does when it is full'),
    );
  const clock = await databaseClock(() => timeOf(connection), {
    onError: (error) => log.warn({ err: error }, 'the time of the database could not be asked'),
  });
  void readyDanger();
  const watches: { stop(): Promise<void> }[] = [];
  const house = await openHouse({
    connection,
    seal: await openSeal(connection, masterKeys(config)),
    clock,
    newId: randomIds(),
    redisUrl: config.wake === 'bullmq' ? servers.redisUrl : undefined,
    prefix: `{${connection.name}}`,
    sweepMs: 500,
    log,
    alarmUrl: config.alarmUrl,
    anchorFolders: config.anchorFolders,
    watchChats: watchChatsOf(config),
    office: { ...config.office, hasTelegram: config.telegram !== undefined, hasSlack: config.slack !== undefined },
    ownsDatabase: config.mongodbUri === undefined,
    ...(parts ? { parts } : {}),
    chats: async (world) => {
      const parts: ChatPart[] = [];
      if (config.telegram && chats.includes('telegram')) {
        const { part, change } = rekeyedChat(await telegramChat(world, config.telegram, log));
        const take = async (secrets: TelegramConfig) => change(await telegramChat(world, secrets, log));
        watches.push(watchSecrets({ of: ({ telegram }) => telegram, take }, config, log));
        parts.push(part);
      }
      if (config.slack && chats.includes('slack')) {
        const { part, change } = rekeyedChat(await slackChat(world, config.slack, log));
        const take = async (secrets: SlackConfig) => change(await slackChat(world, secrets, log));
        watches.push(watchSecrets({ of: ({ slack }) => slack, take }, config, log));
        parts.push(part);
      }
      return parts;
    },
  });
  const health = hasHealth ? await startHealth(house, config.healthPort, config.heartbeatUrl, log) : undefined;
  return {
    async stop() {
      await health?.close();
      for (const watch of watches) await watch.stop();
      await house.stop();
      clock.stop();
      await connection.close();
      await servers.stop();
    },
  };
}
