import type { OutboxRow } from '#core/delivery/outbox.ts';
import { deliver, type Delivering } from './deliver.ts';
import { settle } from './settle.ts';

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
  /** Tries this row now, if its chat and the bot are free; else the sweep finds it. */
  hurry(rowId: string): void;
  /** Waits until nothing is under way. */
  rest(): Promise<void>;
};

/** The dispatcher of one bot: one row of a chat at a time, so that order is kept. */
export function dispatcher(work: Delivering, pace: Pace): Dispatch {
  const busy = new Set<string>();
  const running = new Set<Promise<unknown>>();
  let tokens = pace.perSecond;
  let filledAt = performance.now();
  let closedUntil = 0;
  const closedChats = new Map<string, number>();

  const refill = () => {
    const now = performance.now();
    tokens = Math.min(pace.perSecond, tokens + ((now - filledAt) / 1000) * pace.perSecond);
    filledAt = now;
  };
  const isUrgent = (row: OutboxRow) => row.lane <= 2;
  const mayStart = (row: OutboxRow): boolean => {
    refill();
    const room = isUrgent(row) ? pace.atOnce : pace.atOnce - pace.kept;
    const reserve = isUrgent(row) ? 1 : 1 + pace.perSecond * 0.2;
    return !busy.has(row.address) && running.size < room && tokens >= reserve && performance.now() >= closedUntil && performance.now() >= (closedChats.get(row.address) ?? 0);
  };

  const start = (row: OutboxRow): void => {
    busy.add(row.address);
    tokens -= 1;
    const run = attempt(row).finally(() => {
      busy.delete(row.address);
      running.delete(run);
    });
    running.add(run);
  };

  const attempt = async (row: OutboxRow): Promise<void> => {
    const sent = await deliver(work, row.id).catch((error) => work.onError?.(row.id, error));
    if (!sent || sent.is !== 'not_sent' || !sent.retryAfterSeconds) return;
    closeGates(row, sent.retryAfterSeconds);
  };

  /** A 429 closes the chat; two chats refused in ten seconds close the bot. */
  const closeGates = (row: OutboxRow, seconds: number): void => {
    const now = performance.now();
    const until = now + seconds * 1000;
    if ([...closedChats].some(([chat, at]) => chat !== row.address && at > now - 10_000)) closedUntil = Math.max(closedUntil, until);
    closedChats.set(row.address, until);
  };

  const sweep = async (): Promise<number> => {
    const { world, channel } = work;
    const now = world.clock.wall();
    for (const row of await world.store.outbox.overdue(channel, new Date())) await settle(work, row, { is: 'unknown', why: 'lease over' });
    let tried = 0;
    for (const row of await world.store.outbox.due(channel, now, 200)) {
      if (!mayStart(row)) continue;
      start(row);
      tried += 1;
    }
    return tried;
  };

  return {
    sweep,
    hurry(rowId) {
      const run = (async () => {
        const row = await work.world.store.outbox.get(rowId);
        if (row && row.channel === work.channel && (row.state === 'pending' || row.state === 'not_sent') && mayStart(row)) start(row);
      })()
        .catch((error) => work.onError?.(rowId, error))
        .finally(() => running.delete(run));
      running.add(run);
    },
    async rest() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };
}
