import type { Connection } from 'mongoose';
import type { MailboxWork } from '#bots/dialogue/work-mailbox.ts';
import { planTestRing } from '#core/duty/plan-test-ring.ts';
import { execute, inStep } from '#core/execute.ts';
import type { NewId } from '#core/id.ts';
import { introduceOffice } from '#core/office/introduce-office.ts';
import { system } from '#core/people/actor.ts';
import type { Seal } from '#core/seal.ts';
import { openStore } from '#core/store.ts';
import type { Clock, Wake, World } from '#core/world.ts';
import { callAlarm } from '#jobs/call-alarm.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { type Download, fetchFile } from '#jobs/fetch-file.ts';
import { onDue } from '#jobs/on-due.ts';
import type { Pace } from '#jobs/pace.ts';
import { probeFaults, probeRound, type WatchChat } from '#jobs/probe.ts';
import { type OutsideWork, runDue } from '#jobs/timers.ts';
import { bullWaker, noWaker, type Waker, type Woken } from '#jobs/waker.ts';
import { faultsIn } from '#jobs/watch.ts';
import type { Brake } from './brake.ts';
import { cleanFile } from './clean-file.ts';
import { erasePerson } from './erase-person.ts';
import type { Log } from './log.ts';
import { transactionOf } from './mongo.ts';
import { withOfficeEpoch } from './office-epoch.ts';
import { asking, pulseOf, stoppedParts } from './pulse.ts';
import { connectRedis } from './redis.ts';
import { prepareDatabase } from './schema/prepare.ts';
import { settingsOf } from './settings-of.ts';
import { startDelivery } from './start-delivery.ts';
import { openHold } from './start-hold.ts';
import { startJournal } from './start-journal.ts';
import { lanesOf } from './start-lanes.ts';
import { type Leases, leasesOf, noLeases } from './start-leases.ts';
import { braked, roundsOf, startSweeps, type Work } from './start-sweeps.ts';

/** What one chat brings into a process: how a stored body is read, how a row is sent, what starts and stops with it. */
export type ChatPart = {
  channel: 'telegram' | 'slack';
  /** The bot's user name, where invitations need it for a link. */
  username?: string | undefined;
  read: MailboxWork['read'];
  after?: MailboxWork['after'];
  send: Delivering['send'];
  split?: Delivering['split'];
  findPosted?: Delivering['findPosted'];
  /** Fetches the bytes of a file of this chat. */
  download: Download;
  pace: Pace;
  /** Long polling: only one process may fetch. */
  isPolling: boolean;
  /** What is wrong with how it receives, in words for an operator. */
  faults?(): string[];
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** How the office is called and reached, and which chats it has; told at each start. */
export type OfficeFacts = {
  name: string | undefined;
  phone: string | undefined;
  hours: string | undefined;
  controller?: string | undefined;
  controllerContact?: string | undefined;
  hasTelegram: boolean;
  hasSlack: boolean;
};

type Parts = { receiving: boolean; delivery: boolean; timers: boolean };

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
  /** A chat of each bot for its synthetic alert. */
  watchChats?: readonly WatchChat[];
  /** The outside phone alarm; without it the step shows red and never counts as told. */
  alarmUrl?: string | undefined;
  /** Folders outside the database for the anchors of the journal; without one none are written. */
  anchorFolders?: readonly string[];
  /** Name, phone and hours of the office, for first contacts. */
  office?: OfficeFacts;
  /** Each part can run in processes of its own, any number of each; all of them by default. */
  parts?: Parts;
  /** Called after each commit, before anybody is woken; the fault rig ends the process here. */
  onCommit?: (what: Wake) => void;
  /** Nobody else works on this database: no leases are needed (the city, tests). */
  isAlone?: boolean;
  /** The embedded database of this folder: no other process can be on it. */
  ownsDatabase?: boolean;
};

export type House = {
  world: World;
  chats: ChatPart[];
  /** Does what is waiting now, once; gives how much it was. For tests and for the city's clock. */
  round(): Promise<number>;
  /** What has stopped or is refused, in whatever process, in words for an operator. Throws when the database takes no majority write. */
  faults(): Promise<string[]>;
  /** The number of the first line of the journal that does not verify; null while all do, undefined before the first walk has ended. */
  brokenAt(): Promise<number | null | undefined>;
  stop(): Promise<void>;
};

/** Builds the world of a process, starts its chats, its waker and its sweep. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { connection, newId, log, parts = everyPart } = options;
  let waker = noWaker();
  const world = await openWorld(options, (what) => waker.wake(what));
  const chats = await options.chats(world);
  const leases = options.isAlone ? noLeases : leasesOf(connection, newId, log);
  const brake = await openHold({ world, connection, log, anchorFolders: options.anchorFolders ?? [] });
  const work = await openWork(world, chats, leases, brake, options);
  waker = startWaker(options, work, wokenOf(work, chats, parts, brake));

  if (options.office && !brake.isOn()) await introduce(world, chats, options.office, options.alarmUrl !== undefined);
  const watchChats = parts.timers ? (options.watchChats ?? []) : [];
  const rounds = braked([...roundsOf(work, parts), ...probing(world, watchChats)], brake);
  const pulse = options.isAlone ? async () => {} : pulseOf(connection);
  const sweeps = startSweeps(rounds, {
    world,
    everyMs: options.sweepMs,
    log,
    pulse,
    hasWatch: parts.timers,
    isHeld: brake.isOn,
  });
  const journal = await startJournal({
    world,
    connection,
    leases,
    log,
    pulse,
    anchorFolders: options.anchorFolders ?? [],
    isOn: () => !brake.isOn(),
    isOurPart: parts.timers,
  });
  if (parts.receiving) for (const chat of chats) await receive(chat, leases);

  return {
    world,
    chats,
    async round() {
      let done = 0;
      for (const { run } of rounds) done += await run();
      await Promise.all(work.timers.aside);
      await work.delivery.rest();
      await work.mailbox.rest();
      return done;
    },
    async faults() {
      await pulseOf(connection)(asking);
      const stopped = (await stoppedParts(connection)).map((name) => `${name} has stopped`);
      await brake.look();
      return [
        ...brake.why(),
        ...stopped,
        ...work.delivery.faults(),
        ...chats.flatMap((chat) => chat.faults?.() ?? []),
        ...sweeps.faults(),
        ...(await journal.faults()),
        ...(await faultsIn(world)),
        ...(await probeFaults(world, watchChats)),
      ];
    },
    brokenAt: journal.brokenAt,
    async stop() {
      await journal.stop();
      brake.stop();
      await leases.stop();
      for (const chat of chats) await chat.stop();
      await sweeps.stop();
      await waker.stop();
      await atMost(longestRestMs, Promise.all(work.timers.aside));
      await work.mailbox.rest();
      await work.delivery.stop();
    },
  };
}

/** The synthetic alerts, where a chat is set aside for them. */
const probing = (world: World, chats: readonly WatchChat[]) =>
  chats.length === 0 ? [] : [{ name: 'probes', run: () => probeRound(world, chats).then(() => 0) }];

const everyPart: Parts = { receiving: true, delivery: true, timers: true };

/** So long the end waits for a download or a call outside; what is left is taken up by the next start. */
const longestRestMs = 5000;
const atMost = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);

/** The stores with their indexes, and what else rules may reach. Nothing starts while a unique index is missing. */
async function openWorld(options: HouseOptions, hurry: World['wake']): Promise<World> {
  const { connection, seal, clock, newId, onCommit } = options;
  const store = openStore(connection, seal);
  let epoch = 0;
  await prepareDatabase({
    connection,
    store,
    isAlone: options.isAlone ?? options.ownsDatabase ?? false,
    onStep: (words) => options.log.info({ words }, 'the database gets a newer shape'),
  });
  return {
    clock,
    newId,
    store,
    seal: withOfficeEpoch(seal, () => epoch),
    settings: settingsOf(store, (read) => (epoch = read)),
    inTransaction: transactionOf(connection),
    wake(what) {
      onCommit?.(what);
      hurry(what);
    },
  };
}

async function openWork(
  world: World,
  chats: ChatPart[],
  leases: Leases,
  brake: Brake,
  options: HouseOptions,
): Promise<Work> {
  const { parts = everyPart, log } = options;
  const onError = (id: string, error: unknown): undefined =>
    void log.error({ id, err: error }, 'a piece of work failed and will be tried again');
  return {
    mailbox: lanesOf(world, parts.receiving ? chats : [], onError, brake.isOn),
    delivery: await startDelivery(world, parts.delivery ? chats : [], leases, onError, brake.isOn),
    timers: { world, onDue, outside: outsideWork(world, chats, options), onError, aside: new Set() },
  };
}

/** Which wake-ups this process answers. */
function wokenOf({ mailbox, delivery, timers }: Work, chats: ChatPart[], parts: Parts, brake: Brake): Woken {
  const lane = (id: string) => mailbox.work(id);
  const receives = (channel: string) => parts.receiving && chats.some((chat) => chat.channel === channel);
  return {
    ...(receives('telegram') ? { 'mailbox-telegram': lane } : {}),
    ...(receives('slack') ? { 'mailbox-slack': lane } : {}),
    ...(parts.delivery ? { outbox: async (id: string) => delivery.hurry(id) } : {}),
    ...(parts.timers ? { timers: async () => void (brake.isOn() || (await runDue(timers))) } : {}),
  };
}

/** BullMQ wakes for what this process does not hand over to itself; without Redis nobody is woken and the sweep does it all. */
function startWaker({ redisUrl, prefix, log }: HouseOptions, { delivery }: Work, woken: Woken): Waker {
  if (!redisUrl) return noWaker();
  const redis = connectRedis(redisUrl, (error) => log.debug({ err: error }, 'redis'));
  const waker = bullWaker(redis, prefix, woken, (error) => log.debug({ err: error }, 'the waker'));
  return {
    wake: (what) => waker.wake(delivery.handOver(what)),
    async stop() {
      await waker.stop();
      redis.close();
    },
  };
}

/**
 * A polling chat fetches while this process holds its lease; any other just starts. While the database is away it goes on: nothing is stored, so
 * nothing is confirmed, and whoever writes is told 112.
 */
async function receive(chat: ChatPart, leases: Leases): Promise<void> {
  if (!chat.isPolling) return chat.start();
  await leases.hold(`poller:${chat.channel}`, (isOurs) => (isOurs ? chat.start() : chat.stop()), {
    isKeptUnseen: true,
  });
}

/** Says at each start how the office is called and what it is connected to. */
async function introduce(world: World, chats: ChatPart[], office: OfficeFacts, hasPhoneAlarm: boolean): Promise<void> {
  const telegramBot = chats.find(({ username }) => username)?.username;
  const said = Object.fromEntries(
    Object.entries({ ...office, telegramBot }).filter(([, value]) => value !== undefined),
  );
  const input = { ...(said as Pick<OfficeFacts, 'hasTelegram' | 'hasSlack'>), hasPhoneAlarm };
  await inStep(world, `introduce:${world.newId<string>()}`, async (step) => {
    await execute(step, introduceOffice, { actor: system, input });
    await planTestRing(step);
  });
}

/** What timers do outside steps: they talk to the world and come again until it worked. */
function outsideWork(world: World, chats: ChatPart[], options: HouseOptions): OutsideWork {
  const { alarmUrl, connection, anchorFolders: folders = [] } = options;
  const download: Download = (file, atMost) => {
    const chat = chats.find(({ channel }) => channel === file.channel);
    if (!chat) throw new Error(`no ${file.channel} here to fetch a file from`);
    return chat.download(file, atMost);
  };
  return {
    'fetch-file': (timer) => fetchFile(world, download, cleanFile, timer),
    'call-alarm': (timer) => callAlarm(world, alarmUrl, timer),
    'erase-person': (timer) => erasePerson({ world, connection, folders }, timer),
  };
}
