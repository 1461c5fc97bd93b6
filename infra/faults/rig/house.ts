import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { databaseClock, type MovableClock, movableClock } from '../../clock.ts';
import { type Log, makeLog } from '../../log.ts';
import { masterKeysOf } from '../../master-keys.ts';
import { connectMongo, timeOf } from '../../mongo.ts';
import { randomIds } from '../../new-id.ts';
import { openSeal } from '../../seal.ts';
import { slackChat, telegramChat } from '../../start-chats.ts';
import { type House, type HouseOptions, openHouse } from '../../start-house.ts';
import { type OnPoint, watchPoints } from './points.ts';

/** What a worker is told, as JSON: the same house as in an office, on these addresses. */
export type Order = {
  mongodbUri: string;
  /** Undefined: nobody is woken. */
  redisUrl?: string | undefined;
  prefix: string;
  /** Base64, 32 bytes. */
  key: string;
  telegram?: { token: string; apiRoot: string } | undefined;
  slack?: { botToken: string; appToken: string; apiUrl: string } | undefined;
  /** How far the wall clock is ahead of the machine's, milliseconds; `database`: that of the database, as in an office. */
  clock: number | 'database';
  sweepMs: number;
  /** Only these parts of the house; all unless given. */
  parts?: HouseOptions['parts'] | undefined;
  /** With leases, as several processes have them. */
  isOneOfMany?: boolean | undefined;
  /** Everything it logs, at the most talkative level. */
  logFile: string;
};

/** A house that runs by an order, in this process. `moveTo` does nothing where the database tells the time. */
export type OrderedHouse = { house: House; connection: Connection; moveTo(at: Date): void; stop(): Promise<void> };

/** Pace is a setting: here no test waits for it (`delivery.md` 8). */
const pace = { perSecond: 2000, atOnce: 24, kept: 6 };

/** Opens a house by an order. `onPoint` is told at each point that a message passes. */
export async function openOrdered(order: Order, onPoint?: OnPoint): Promise<OrderedHouse> {
  const log = logTo(order.logFile);
  const connection = await connectMongo(order.mongodbUri);
  const { clock, moveTo, end } = await clockOf(order, connection);
  const house = await openHouse({
    connection,
    seal: await openSeal(connection, masterKeysOf(Buffer.from(order.key, 'base64'))),
    clock,
    newId: randomIds(),
    redisUrl: order.redisUrl,
    prefix: order.prefix,
    sweepMs: order.sweepMs,
    log,
    isAlone: !order.isOneOfMany,
    ...(order.parts ? { parts: order.parts } : {}),
    async chats(world) {
      const { telegram, slack } = order;
      const chats = [
        ...(telegram ? [await telegramChat(world, { ...telegram, webhook: undefined }, log, pace)] : []),
        ...(slack
          ? [
              await slackChat(
                world,
                { botToken: slack.botToken, apiUrl: slack.apiUrl, way: { kind: 'socket', appToken: slack.appToken } },
                log,
                pace,
              ),
            ]
          : []),
      ];
      if (onPoint) watchPoints(world, chats, onPoint);
      return chats;
    },
  });
  return {
    house,
    connection,
    moveTo,
    async stop() {
      await house.stop();
      end();
      await connection.close();
    },
  };
}

/** A log that is on disk at each line: the process may end at any moment. */
export function logTo(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  return makeLog({ name: 'rig', level: 'trace', to: pino.destination({ dest: file, sync: true, append: true }) });
}

async function clockOf({ clock: ahead }: Order, connection: Connection) {
  if (ahead !== 'database') {
    const clock: MovableClock = movableClock(new Date(Date.now() + ahead));
    return { clock, moveTo: clock.moveTo, end: () => {} };
  }
  const clock = await databaseClock(() => timeOf(connection), { everyMs: 1000 });
  return { clock, moveTo: () => {}, end: clock.stop };
}
