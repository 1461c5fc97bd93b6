import { headOf, isUrgent, type OutboxHead, type OutboxRow } from '#core/delivery/outbox.ts';
import { addMinutes } from '#core/time.ts';
import { type Delivering, deliver } from './deliver.ts';
import { foldCase, foldStale } from './digest.ts';
import { floodsOf } from './floods.ts';
import { gatesOf } from './gates.ts';
import { type Pace, paceOf } from './pace.ts';
import { senderOf } from './sender.ts';
import { settleAnyway } from './settle-anyway.ts';
import { underWay } from './under-way.ts';
import { lookFor } from './unsure.ts';
import { waitingRows } from './waiting-rows.ts';

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
  /** How many gates stay closed for longer than `ms`. */
  closedFor(ms: number): number;
};

/** So many due rows are looked at in a sweep; of one chat so many, the rest of a flood comes later. */
const window = 200;
const mostOfChat = 20;

/** The dispatcher of one bot: one row of a chat at a time, so that order is kept. `isOurs`: this process holds the bot's lease. */
export function dispatcher(work: Delivering, speed: Pace, isOurs = (): boolean => true): Dispatch {
  const { world, channel } = work;
  const waiting = waitingRows();
  const noted = (rowId: string) => (error: unknown) => work.onError?.(rowId, error);
  const gates = gatesOf(work);
  const floods = floodsOf();
  const pace = paceOf(speed, world.clock.mono);
  const sender = senderOf({
    send: (row) => deliver(work, row.id),
    work,
    speed,
    pace,
    waiting,
    gates,
    floods,
    foldMinutes: () => foldMinutes,
    isOurs,
  });
  const lookUps = underWay();
  let foldMinutes = 0;

  const sweep = async (): Promise<number> => {
    const now = world.clock.wall();
    await gates.learn();
    for (const row of await world.store.outbox.overdue(channel, new Date(world.clock.mono())))
      await settleAnyway(work, row, { is: 'unknown', why: 'lease over' }, 0).catch(noted(row.id));
    for (const row of await world.store.outbox.unsure(channel, now))
      void lookUps.begin(row.id, () => lookFor(work, row).catch(noted(row.id)));
    const found = await world.store.outbox.due(channel, now, window);
    foldMinutes = (await world.settings()).delivery.foldMinutes;
    const folded = await foldStale(work, found, noted);
    for (const id of await foldFloods(found, now)) folded.add(id);
    const due = found.filter(({ id }) => !folded.has(id));
    if (!gates.isBotOpen()) await gates.passUrgent(due);
    const open = await withoutHeld(
      due.filter((row) => gates.isOpen(row)),
      now,
    );
    const closed = due.filter((row) => !gates.isOpen(row));
    // What is urgent waits here for its gate, not for the next sweep after it: others would go before.
    waiting.add([...open, ...closed.filter(isUrgent)].map(headOf));
    await gates.putOff(closed);
    if (found.length === window) await spreadFlood(open, now);
    return sender.startAll();
  };

  /** After some minutes what waited of a case goes: one alone as it is, several as one. */
  const foldFloods = async (due: OutboxRow[], now: Date): Promise<string[]> => {
    const folded: string[] = [];
    for (const fold of floods.over(now)) {
      const rows = due.filter((row) => headOf(row).fold === fold);
      if (rows.length > 1) folded.push(...((await foldCase(work, rows).catch(noted(fold))) ?? []));
      if (rows.length > 1) floods.begin({ fold }, addMinutes(now, foldMinutes));
      else floods.end(fold);
    }
    return folded;
  };

  /** What is held for its minutes is due when they are over, for everybody who looks; it gives what is not held. */
  const withoutHeld = async (rows: OutboxRow[], now: Date): Promise<OutboxRow[]> => {
    const free: OutboxRow[] = [];
    for (const row of rows) {
      const dueAt = floods.heldUntil(headOf(row));
      if (!dueAt || dueAt <= now) free.push(row);
      else await putOff(row, dueAt);
    }
    return free;
  };

  const putOff = ({ id, state, attempts, wantedAt, dueAt: due }: OutboxRow, dueAt: Date): Promise<unknown> =>
    world.store.outbox.change(id, { state, attempts }, { dueAt, wantedAt: wantedAt ?? due });

  /** A chat that has more waiting than it can take is not in the way of others. */
  const spreadFlood = async (rows: OutboxRow[], now: Date): Promise<void> => {
    if (speed.chatPerSecond === undefined) return;
    const counts = new Map<string, number>();
    for (const row of rows) {
      if (row.method !== 'send') continue;
      const place = counts.get(row.address) ?? 0;
      counts.set(row.address, place + 1);
      if (place >= mostOfChat) await putOff(row, new Date(now.getTime() + (place * 1000) / speed.chatPerSecond));
    }
  };

  const lookUp = async (rowId: string): Promise<void> => {
    const row = await work.world.store.outbox.get(rowId);
    if (!row || !mayLeave(row, work.channel)) return;
    waiting.add([headOf(row)]);
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
      waiting.add(heads.filter((head) => head.channel === channel));
      sender.startAll();
    },
    hurry: (rowId) => void lookUps.begin(Symbol(rowId), () => lookUp(rowId).catch(noted(rowId))),
    rest,
    async stop() {
      sender.stop();
      await rest();
    },
    closedFor: gates.closedFor,
  };
}

const mayLeave = ({ channel, state }: OutboxRow, own: string) =>
  channel === own && (state === 'pending' || state === 'not_sent');
