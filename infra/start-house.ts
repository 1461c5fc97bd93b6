import type { Connection } from 'mongoose';
import type { MailboxWork } from '#bots/dialogue/work-mailbox.ts';
import { execute, inStep } from '#core/execute.ts';
import type { NewId } from '#core/id.ts';
import { introduceOffice } from '#core/office/introduce-office.ts';
import { system } from '#core/people/actor.ts';
import type { Seal } from '#core/seal.ts';
import { openStore } from '#core/store.ts';
import type { Clock, Wake, World } from '#core/world.ts';
import { callAlarm } from '#jobs/call-alarm.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { type Dispatch, dispatcher, type Pace } from '#jobs/dispatch.ts';
import { type Download, fetchFile } from '#jobs/fetch-file.ts';
import { onDue } from '#jobs/on-due.ts';
import { sweep } from '#jobs/sweep.ts';
import { type OutsideWork, runDue, type TimerWork } from '#jobs/timers.ts';
import { bullWaker, noWaker, type Waker, type Woken } from '#jobs/waker.ts';
import { holdLease, type Lease } from './lease.ts';
import type { Log } from './log.ts';
import { buildIndexes, missingUniqueIndexes, transactionOf } from './mongo.ts';
import { connectRedis } from './redis.ts';
import { settingsOf } from './settings-of.ts';
import { lanesOf } from './start-lanes.ts';

/** What one chat brings into a process: how a stored body is read, how a row is sent, what starts and stops with it. */
export type ChatPart = {
  channel: 'telegram' | 'slack';
  /** The bot's user name, where invitations need it for a link. */
  username?: string | undefined;
  read: MailboxWork['read'];
  after?: MailboxWork['after'];
  send: Delivering['send'];
  findPosted?: Delivering['findPosted'];
  /** Fetches the bytes of a file of this chat. */
  download: Download;
  pace: Pace;
  /** Long polling: only one process may fetch. */
  isPolling: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** How the office is called and reached, and which chats it has; told at each start. */
export type OfficeFacts = {
  name: string | undefined;
  phone: string | undefined;
  hours: string | undefined;
  hasTelegram: boolean;
  hasSlack: boolean;
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
  office?: OfficeFacts;
  /** Each part can run in processes of its own, any number of each; all of them by default. */
  parts?: { receiving: boolean; delivery: boolean; timers: boolean };
  /** Called after each commit, before anybody is woken; the fault rig ends the process here. */
  onCommit?: (what: Wake) => void;
  /** Nobody else works on this database: no leases are needed (the city, tests). */
  isAlone?: boolean;
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
  if (missing.length > 0)
    throw new MissingIndex(
      `Unique indexes are missing: ${missing.join('; ')}. Nothing was started. Run the migration, then start again.`,
    );

  let waker: Waker = noWaker();
  const dispatchers: { channel: ChatPart['channel']; dispatch: Dispatch; isOurs: () => boolean }[] = [];
  const wake = (what: Wake) => {
    options.onCommit?.(what);
    waker.wake(options.redisUrl ? handOver(what) : what);
  };
  const world: World = {
    clock,
    newId,
    store,
    seal,
    settings: settingsOf(store),
    inTransaction: transactionOf(connection),
    wake,
  };
  const chats = await options.chats(world);
  const onError = (id: string, error: unknown): undefined =>
    void log.error({ id, err: error }, 'a piece of work failed and will be tried again');
  const parts = options.parts ?? { receiving: true, delivery: true, timers: true };
  const mailbox = lanesOf(world, parts.receiving ? chats : [], onError);
  const leases: Lease[] = [];
  const lease = async (name: string, onChange?: (isHeld: boolean) => Promise<void>): Promise<() => boolean> => {
    if (options.isAlone) {
      await onChange?.(true);
      return () => true;
    }
    const held = await holdLease({
      connection,
      name,
      holder: newId(),
      ms: leaseMs,
      onError: (error) => log.warn({ err: error }, 'a lease could not be renewed'),
      ...(onChange ? { onChange } : {}),
    });
    leases.push(held);
    return held.isHeld;
  };
  if (parts.delivery) {
    for (const chat of chats) {
      const isOurs = await lease(`dispatcher:${chat.channel}`);
      dispatchers.push({ channel: chat.channel, dispatch: dispatcherOf(chat, world, onError, isOurs), isOurs });
    }
  }
  const aside = new Set<Promise<void>>();
  const timers: TimerWork = { world, onDue, outside: outsideWork(world, chats, options.alarmUrl), onError, aside };

  const redis = options.redisUrl
    ? connectRedis(options.redisUrl, (error) => log.debug({ err: error }, 'redis'))
    : undefined;
  if (redis) waker = bullWaker(redis, options.prefix, woken(), (error) => log.debug({ err: error }, 'the waker'));

  function woken(): Woken {
    const lane = (id: string) => mailbox.work(id);
    const receives = (channel: string) => parts.receiving && chats.some((chat) => chat.channel === channel);
    return {
      ...(receives('telegram') ? { 'mailbox-telegram': lane } : {}),
      ...(receives('slack') ? { 'mailbox-slack': lane } : {}),
      ...(parts.delivery ? { outbox: async (id: string) => ours().forEach((one) => one.hurry(id)) } : {}),
      ...(parts.timers ? { timers: async () => void (await runDue(timers)) } : {}),
    };
  }
  /** Rows for a dispatcher of this process go to it directly; only the others need a job. */
  function handOver(what: Wake): Wake {
    const heads = what.outbox ?? [];
    const own = new Set(dispatchers.filter(({ isOurs }) => isOurs()).map(({ channel }) => channel));
    for (const dispatch of ours()) dispatch.take(heads);
    return { ...what, outbox: heads.filter(({ channel }) => !own.has(channel)) };
  }
  const ours = () => dispatchers.filter(({ isOurs }) => isOurs()).map(({ dispatch }) => dispatch);
  const round = async () => {
    let done = await mailbox.sweep();
    if (parts.timers) done += await runDue(timers);
    for (const dispatch of ours()) done += await dispatch.sweep();
    return done;
  };
  if (options.office) await introduce(world, chats, options.office, options.alarmUrl !== undefined);
  const sweeper = sweep(round, sweepMs, (error) => log.warn({ err: error }, 'a sweep failed; the next one comes'));
  if (parts.receiving) for (const chat of chats) await receive(chat, lease);

  return {
    world,
    chats,
    async round() {
      const done = await round();
      await Promise.all(aside);
      for (const { dispatch } of dispatchers) await dispatch.rest();
      await mailbox.rest();
      return done;
    },
    async stop() {
      for (const held of leases) await held.stop();
      for (const chat of chats) await chat.stop();
      await sweeper.stop();
      await waker.stop();
      await Promise.race([Promise.all(aside), new Promise((resolve) => setTimeout(resolve, longestRestMs).unref())]);
      await mailbox.rest();
      for (const { dispatch } of dispatchers) await dispatch.rest();
      redis?.close();
    },
  };
}

const leaseMs = 15_000;
/** So long the end waits for a download or a call outside; what is left is taken up by the next start. */
const longestRestMs = 5000;

/** A polling chat fetches while this process holds its lease; any other just starts. */
async function receive(
  chat: ChatPart,
  lease: (name: string, onChange: (isHeld: boolean) => Promise<void>) => Promise<unknown>,
): Promise<void> {
  if (!chat.isPolling) return chat.start();
  await lease(`poller:${chat.channel}`, (isHeld) => (isHeld ? chat.start() : chat.stop()));
}

const dispatcherOf = (
  chat: ChatPart,
  world: World,
  onError: (id: string, error: unknown) => undefined,
  isOurs: () => boolean,
): Dispatch =>
  dispatcher(
    {
      world,
      channel: chat.channel,
      send: chat.send,
      ...(chat.findPosted ? { findPosted: chat.findPosted } : {}),
      onError,
    },
    chat.pace,
    isOurs,
  );

/** Says at each start how the office is called and what it is connected to. */
async function introduce(world: World, chats: ChatPart[], office: OfficeFacts, hasPhoneAlarm: boolean): Promise<void> {
  const telegramBot = chats.find(({ username }) => username)?.username;
  const said = Object.fromEntries(
    Object.entries({ ...office, telegramBot }).filter(([, value]) => value !== undefined),
  );
  const input = { ...(said as Omit<OfficeFacts, 'name' | 'phone' | 'hours'>), hasPhoneAlarm };
  await inStep(world, `introduce:${world.newId<string>()}`, (step) =>
    execute(step, introduceOffice, { actor: system, input }),
  );
}

/** What timers do outside steps: they talk to the world and come again until it worked. */
function outsideWork(world: World, chats: ChatPart[], alarmUrl: string | undefined): OutsideWork {
  const download: Download = (file, atMost) => {
    const chat = chats.find(({ channel }) => channel === file.channel);
    if (!chat) throw new Error(`no ${file.channel} here to fetch a file from`);
    return chat.download(file, atMost);
  };
  return {
    'fetch-file': (timer) => fetchFile(world, download, timer),
    'call-alarm': (timer) => callAlarm(world, alarmUrl, timer),
  };
}
