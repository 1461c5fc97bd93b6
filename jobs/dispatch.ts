import { isUrgent, type OutboxHead, type OutboxRow } from '#core/delivery/outbox.ts';
import { type Delivering, deliver } from './deliver.ts';
import { gatesOf } from './gates.ts';
import { lookFor, settle } from './settle.ts';
import { tokensOf } from './tokens.ts';
import { underWay } from './under-way.ts';
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

/** The dispatcher of one bot: one row of a chat at a time, so that order is kept. `isOurs`: this process holds the bot's lease. */
export function dispatcher(work: Delivering, pace: Pace, isOurs = (): boolean => true): Dispatch {
  const waiting = waitingRows();
  const gates = gatesOf(work);
  const sender = senderOf({ work, pace, waiting, gates, isOurs });
  const lookUps = underWay();
  const noted = (rowId: string) => (error: unknown) => work.onError?.(rowId, error);

  const sweep = async (): Promise<number> => {
    const { world, channel } = work;
    const now = world.clock.wall();
    await gates.learn();
    for (const row of await world.store.outbox.overdue(channel, new Date()))
      await settle(work, row, { is: 'unknown', why: 'lease over' }).catch(noted(row.id));
    for (const row of await world.store.outbox.unsure(channel, now))
      void lookUps.begin(row.id, () => lookFor(work, row).catch(noted(row.id)));
    const due = await world.store.outbox.due(channel, now, 200);
    waiting.add(due.filter(({ address }) => gates.isOpen(address)));
    await gates.putOff(due.filter(({ address }) => !gates.isOpen(address)));
    return sender.startAll();
  };

  const lookUp = async (rowId: string): Promise<void> => {
    const row = await work.world.store.outbox.get(rowId);
    if (!row || !mayLeave(row, work.channel)) return;
    waiting.add([row]);
    sender.startAll();
  };

  const rest = async (): Promise<void> => {
    while (sender.size() + lookUps.size() > 0) {
      await sender.rest();
      await lookUps.rest();
    }
  };

  return {
    sweep,
    take(heads) {
      waiting.add(heads.filter(({ channel }) => channel === work.channel));
      sender.startAll();
    },
    hurry: (rowId) => void lookUps.begin(Symbol(rowId), () => lookUp(rowId).catch(noted(rowId))),
    rest,
    async stop() {
      sender.stop();
      await rest();
    },
  };
}

type Sending = {
  work: Delivering;
  pace: Pace;
  waiting: ReturnType<typeof waitingRows>;
  gates: ReturnType<typeof gatesOf>;
  isOurs: () => boolean;
};

/** While rows wait for pace or a gate it is looked again after so long. */
const lookAgainMs = 25;

/** Takes what waits and may leave, as far as pace, gates and busy chats let it. */
function senderOf({ work, pace, waiting, gates, isOurs }: Sending) {
  const tokens = tokensOf(pace);
  const chats = underWay();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const isRoomFor = (lane: number): boolean => {
    const room = isUrgent({ lane }) ? pace.atOnce : pace.atOnce - pace.kept;
    return chats.size() < room && tokens.isEnoughFor(lane) && gates.isBotOpen();
  };
  const isFree = ({ address }: OutboxHead): boolean => !chats.has(address) && gates.isOpen(address);

  /** Starts what may start, the most pressing lane first; what has to wait is looked at again when a row is done. */
  const startAll = (): number => {
    clearTimeout(timer);
    if (isStopped || !isOurs()) waiting.clear();
    tokens.refill();
    let started = 0;
    for (let next = waiting.next(isRoomFor, isFree); next; next = waiting.next(isRoomFor, isFree)) {
      start(next);
      started += 1;
    }
    if (waiting.size() > 0) timer = setTimeout(startAll, Math.max(lookAgainMs, gates.botOpensIn())).unref();
    return started;
  };

  const start = (row: OutboxHead): void => {
    tokens.take();
    void chats
      .begin(row.address, () => attempt(row).catch((error) => work.onError?.(row.id, error)))
      .then(() => waiting.size() > 0 && startAll());
  };

  const attempt = async (row: OutboxHead): Promise<void> => {
    const sent = await deliver(work, row.id);
    if (sent?.is === 'not_sent' && sent.retryAfterSeconds) await gates.close(row.address, sent.retryAfterSeconds);
  };

  return {
    startAll,
    size: chats.size,
    rest: chats.rest,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}

const mayLeave = ({ channel, state }: OutboxRow, own: string) =>
  channel === own && (state === 'pending' || state === 'not_sent');
