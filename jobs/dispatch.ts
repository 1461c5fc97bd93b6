import type { OutboxHead, OutboxRow } from '#core/delivery/outbox.ts';
import { type Delivering, deliver } from './deliver.ts';
import { settle } from './settle.ts';
import { waitingRows } from './waiting-rows.ts';

/** How a bot's rows leave: pace per chat and per bot, gates after a 429, the most pressing lane first. */
export type Pace = {
  /** Messages per second of the whole bot. */
  perSecond: number;
  /** How many calls are under way at once. */
  atOnce: number;
  /** Of these, how many are kept for danger, abuse and urgent. */
  kept: number;
};

export type Dispatch = {
  /** Sends what is due now; gives how many rows were tried. */
  sweep(): Promise<number>;
  /** Rows this process has just committed: they are tried in their order, as soon as chat and bot are free. */
  take(heads: OutboxHead[]): void;
  /** The same for a row of another process, by its id. */
  hurry(rowId: string): void;
  /** Waits until nothing is under way. */
  rest(): Promise<void>;
};

/** While rows wait for pace or a gate it is looked again after so long. */
const lookAgainMs = 25;

/** The dispatcher of one bot: one row of a chat at a time, so that order is kept. `isOurs`: this process holds the bot's lease. */
export function dispatcher(work: Delivering, pace: Pace, isOurs = (): boolean => true): Dispatch {
  const busy = new Set<string>();
  const running = new Set<Promise<unknown>>();
  const lookUps = new Set<Promise<unknown>>();
  const waiting = waitingRows();
  let tokens = pace.perSecond;
  let filledAt = performance.now();
  let closedUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  const closedChats = new Map<string, number>();

  const refill = () => {
    const now = performance.now();
    tokens = Math.min(pace.perSecond, tokens + ((now - filledAt) / 1000) * pace.perSecond);
    filledAt = now;
  };
  const isUrgent = (lane: number) => lane <= 2;
  const isRoomFor = (lane: number): boolean => {
    const room = isUrgent(lane) ? pace.atOnce : pace.atOnce - pace.kept;
    const reserve = isUrgent(lane) ? 1 : 1 + pace.perSecond * 0.2;
    return running.size < room && tokens >= reserve && performance.now() >= closedUntil;
  };
  const isFree = ({ address }: OutboxHead): boolean =>
    !busy.has(address) && performance.now() >= (closedChats.get(address) ?? 0);

  /** Starts what may start, the most pressing lane first; what has to wait is looked at again when a row is done. */
  const startAll = (): number => {
    clearTimeout(timer);
    if (!isOurs()) waiting.clear();
    refill();
    let started = 0;
    for (let next = waiting.next(isRoomFor, isFree); next; next = waiting.next(isRoomFor, isFree)) {
      start(next);
      started += 1;
    }
    if (waiting.size() > 0)
      timer = setTimeout(startAll, Math.max(lookAgainMs, closedUntil - performance.now())).unref();
    return started;
  };

  const start = (row: OutboxHead): void => {
    busy.add(row.address);
    tokens -= 1;
    const run = attempt(row).finally(() => {
      busy.delete(row.address);
      running.delete(run);
      if (waiting.size() > 0) startAll();
    });
    running.add(run);
  };

  const attempt = async (row: OutboxHead): Promise<void> => {
    const sent = await deliver(work, row.id).catch((error) => work.onError?.(row.id, error));
    if (!sent || sent.is !== 'not_sent' || !sent.retryAfterSeconds) return;
    closeGates(row, sent.retryAfterSeconds);
  };

  /** A 429 closes the chat; two chats refused in ten seconds close the bot. */
  const closeGates = (row: OutboxHead, seconds: number): void => {
    const now = performance.now();
    const until = now + seconds * 1000;
    if ([...closedChats].some(([chat, at]) => chat !== row.address && at > now - 10_000))
      closedUntil = Math.max(closedUntil, until);
    closedChats.set(row.address, until);
  };

  const sweep = async (): Promise<number> => {
    const { world, channel } = work;
    const now = world.clock.wall();
    for (const row of await world.store.outbox.overdue(channel, new Date()))
      await settle(work, row, { is: 'unknown', why: 'lease over' });
    waiting.add(await world.store.outbox.due(channel, now, 200));
    return startAll();
  };

  const lookUp = async (rowId: string): Promise<void> => {
    const row = await work.world.store.outbox.get(rowId);
    if (!row || !mayLeave(row, work.channel)) return;
    waiting.add([row]);
    startAll();
  };

  return {
    sweep,
    take(heads) {
      waiting.add(heads.filter(({ channel }) => channel === work.channel));
      startAll();
    },
    hurry(rowId) {
      const run = lookUp(rowId)
        .catch((error) => work.onError?.(rowId, error))
        .finally(() => lookUps.delete(run));
      lookUps.add(run);
    },
    async rest() {
      while (running.size + lookUps.size > 0) await Promise.allSettled([...running, ...lookUps]);
    },
  };
}

const mayLeave = ({ channel, state }: OutboxRow, own: string) =>
  channel === own && (state === 'pending' || state === 'not_sent');
