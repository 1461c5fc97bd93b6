import type { OutboxHead, OutboxRow } from '#core/delivery/outbox.ts';
import { type Delivering, deliver } from './deliver.ts';
import { gatesOf } from './gates.ts';
import { lookFor, settle } from './settle.ts';
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
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
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
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const gates = gatesOf(work);
  const looking = new Set<string>();

  const refill = () => {
    const now = performance.now();
    tokens = Math.min(pace.perSecond, tokens + ((now - filledAt) / 1000) * pace.perSecond);
    filledAt = now;
  };
  const isUrgent = (lane: number) => lane <= 2;
  const isRoomFor = (lane: number): boolean => {
    const room = isUrgent(lane) ? pace.atOnce : pace.atOnce - pace.kept;
    const reserve = isUrgent(lane) ? 1 : 1 + pace.perSecond * 0.2;
    return running.size < room && tokens >= reserve && gates.isBotOpen();
  };
  const isFree = ({ address }: OutboxHead): boolean => !busy.has(address) && gates.isOpen(address);

  /** Starts what may start, the most pressing lane first; what has to wait is looked at again when a row is done. */
  const startAll = (): number => {
    clearTimeout(timer);
    if (isStopped || !isOurs()) waiting.clear();
    refill();
    let started = 0;
    for (let next = waiting.next(isRoomFor, isFree); next; next = waiting.next(isRoomFor, isFree)) {
      start(next);
      started += 1;
    }
    if (waiting.size() > 0)
      timer = setTimeout(startAll, Math.max(lookAgainMs, gates.botOpensIn())).unref();
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
    if (sent?.is === 'not_sent' && sent.retryAfterSeconds) await gates.close(row.address, sent.retryAfterSeconds);
  };

  const sweep = async (): Promise<number> => {
    const { world, channel } = work;
    const now = world.clock.wall();
    await gates.learn();
    for (const row of await world.store.outbox.overdue(channel, new Date()))
      await settle(work, row, { is: 'unknown', why: 'lease over' }).catch((error) => work.onError?.(row.id, error));
    for (const row of await world.store.outbox.unsure(channel, now)) look(row);
    const due = await world.store.outbox.due(channel, now, 200);
    waiting.add(due.filter(({ address }) => gates.isOpen(address)));
    await gates.putOff(due.filter(({ address }) => !gates.isOpen(address)));
    return startAll();
  };

  /** Asks the chat for an unsure post, beside everything else. */
  const look = (row: OutboxRow): void => {
    if (looking.has(row.id)) return;
    looking.add(row.id);
    const run = lookFor(work, row)
      .catch((error) => work.onError?.(row.id, error))
      .finally(() => {
        looking.delete(row.id);
        lookUps.delete(run);
      });
    lookUps.add(run);
  };

  const lookUp = async (rowId: string): Promise<void> => {
    const row = await work.world.store.outbox.get(rowId);
    if (!row || !mayLeave(row, work.channel)) return;
    waiting.add([row]);
    startAll();
  };

  const rest = async (): Promise<void> => {
    while (running.size + lookUps.size > 0) await Promise.allSettled([...running, ...lookUps]);
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
    rest,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      waiting.clear();
      await rest();
    },
  };
}

const mayLeave = ({ channel, state }: OutboxRow, own: string) =>
  channel === own && (state === 'pending' || state === 'not_sent');
