import type { Connection } from 'mongoose';
import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { NewId } from '#core/id.ts';
import type { Seal } from '#core/seal.ts';
import { openStore } from '#core/store.ts';
import type { Clock, Wake, World } from '#core/world.ts';
import { onDue } from '#jobs/on-due.ts';
import { sweep } from '#jobs/sweep.ts';
import { type OutsideWork, runDue, type TimerWork } from '#jobs/timers.ts';
import { bullWaker, noWaker, type Waker } from '#jobs/waker.ts';
import { type Dispatch, dispatcher, type Pace } from '#jobs/dispatch.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { callAlarm } from '#jobs/call-alarm.ts';
import { type Download, fetchFile } from '#jobs/fetch-file.ts';
import type { Log } from './log.ts';
import { buildIndexes, missingUniqueIndexes, transactionOf } from './mongo.ts';
import { connectRedis } from './redis.ts';

/** What one chat brings into a process: how a stored body is read, how a row is sent, what starts and stops with it. */
export type ChatPart = {
  channel: 'telegram' | 'slack';
  read: MailboxWork['read'];
  after?: MailboxWork['after'];
  send: Delivering['send'];
  findPosted?: Delivering['findPosted'];
  /** Fetches the bytes of a file of this chat. */
  download: Download;
  pace: Pace;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type HouseOptions = {
  connection: Connection;
  seal: Seal;
  clock: Clock;
  newId: NewId;
  /** Undefined: nobody is woken, the sweep does it all. */
  redisUrl: string | undefined;
  prefix: string;
  sweepMs: number;
  log: Log;
  chats: (world: World) => Promise<ChatPart[]>;
  /** The outside phone alarm; without it the step shows red and never counts as told. */
  alarmUrl?: string | undefined;
  /** Name, phone and hours of the office, for first contacts. */
  office?: { name: string | undefined; phone: string | undefined; hours: string | undefined };
  /** Each part can run in a process of its own. */
  parts?: { mailbox?: boolean; delivery?: boolean; timers?: boolean };
};

export type House = {
  world: World;
  chats: ChatPart[];
  /** Does what is waiting now, once; gives how much it was. For tests and for the city's clock. */
  round(): Promise<number>;
  stop(): Promise<void>;
};

/** Thrown when a required unique index is missing: without it something could be done twice. */
export class MissingIndex extends Error {}

/** Builds the world of a process, starts its chats, its waker and its sweep. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { connection, seal, clock, newId, log, sweepMs } = options;
  const store = openStore(connection, seal);
  await buildIndexes(store);
  const missing = await missingUniqueIndexes(connection, store);
  if (missing.length > 0) throw new MissingIndex(`Unique indexes are missing: ${missing.join('; ')}. Nothing was started. Run the migration, then start again.`);

  let waker: Waker = noWaker();
  const world: World = { clock, newId, store, seal, settings: () => store.office.settings(), inTransaction: transactionOf(connection), wake: (what: Wake) => waker.wake(what) };
  const chats = await options.chats(world);
  const onError = (id: string, error: unknown): undefined => void log.error({ id, err: error }, 'a piece of work failed and will be tried again');
  const parts = { mailbox: true, delivery: true, timers: true, ...options.parts };
  const mailbox = lanes(world, chats, onError);
  const dispatchers: Dispatch[] = parts.delivery ? chats.map((chat) => dispatcher({ world, channel: chat.channel, send: chat.send, ...(chat.findPosted ? { findPosted: chat.findPosted } : {}), onError }, chat.pace)) : [];
  const timers: TimerWork = { world, onDue, outside: outsideWork(world, chats, options.alarmUrl), onError };

  const redis = options.redisUrl ? connectRedis(options.redisUrl, (error) => log.debug({ err: error }, 'redis')) : undefined;
  if (redis) {
    waker = bullWaker(
      redis,
      options.prefix,
      {
        mailbox: async (lane) => void (parts.mailbox && (await mailbox.work(lane))),
        outbox: async (id) => dispatchers.forEach((one) => one.hurry(id)),
        timers: async () => void (parts.timers && (await runDue(timers))),
      },
      (error) => log.debug({ err: error }, 'the waker'),
    );
  }
  const round = async () => {
    let done = parts.mailbox ? await mailbox.sweep() : 0;
    if (parts.timers) done += await runDue(timers);
    for (const one of dispatchers) done += await one.sweep();
    return done;
  };
  const sweeper = sweep(round, sweepMs, (error) => log.warn({ err: error }, 'a sweep failed; the next one comes'));
  for (const chat of chats) await chat.start();

  return {
    world,
    chats,
    async round() {
      const done = await round();
      for (const one of dispatchers) await one.rest();
      await mailbox.rest();
      return done;
    },
    async stop() {
      for (const chat of chats) await chat.stop();
      await sweeper.stop();
      await waker.stop();
      await mailbox.rest();
      for (const one of dispatchers) await one.rest();
      redis?.close();
    },
  };
}

/** What timers do outside steps: they talk to the world and come again until it worked. */
function outsideWork(world: World, chats: ChatPart[], alarmUrl: string | undefined): OutsideWork {
  const download: Download = (file, atMost) => {
    const chat = chats.find(({ channel }) => channel === file.channel);
    if (!chat) throw new Error(`no ${file.channel} here to fetch a file from`);
    return chat.download(file, atMost);
  };
  return { 'fetch-file': (timer) => fetchFile(world, download, timer), 'call-alarm': (timer) => callAlarm(world, alarmUrl, timer) };
}

/** Lanes of the mailbox: one worker at a time on each in this process; other processes meet in the transaction. */
function lanes(world: World, chats: ChatPart[], onError: MailboxWork['onError']) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const workOf = (channel: string): MailboxWork | undefined => {
    const chat = chats.find((one) => one.channel === channel);
    return chat && { world, read: chat.read, onError, ...(chat.after ? { after: chat.after } : {}) };
  };
  const work = (lane: string): Promise<void> => {
    const known = running.get(lane);
    if (known) {
      again.add(lane);
      return known;
    }
    const chat = workOf(lane.split(':')[0] ?? '');
    if (!chat) return Promise.resolve();
    const run = workLane(chat, lane)
      .catch((error) => onError(lane, error))
      .finally(() => {
        running.delete(lane);
        if (again.delete(lane)) void work(lane);
      });
    running.set(lane, run);
    return run;
  };
  return {
    work,
    async sweep() {
      const waiting = await world.store.mailbox.waiting(world.clock.wall());
      for (const lane of new Set(waiting.map((item) => item.lane))) void work(lane);
      return waiting.length;
    },
    async rest() {
      while (running.size > 0) await Promise.allSettled([...running.values()]);
    },
  };
}
