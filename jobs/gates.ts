import { isUrgent, type OutboxHead, type OutboxRow } from '#core/delivery/outbox.ts';
import { inStep } from '#core/execute.ts';
import { byAnotherWay } from './another-way.ts';
import type { Delivering } from './deliver.ts';

/** Two chats refused in so long close the whole bot. */
const togetherMs = 10_000;
/** What is urgent does not wait longer than this at a gate without being given another way. */
const patienceMs = 15_000;

type At = Pick<OutboxHead, 'address' | 'method'>;
export type Gates = ReturnType<typeof gatesOf>;

/**
 * The gates of one bot, for each chat, each method and the whole bot: closed by a 429 until the chat opens them; kept in MongoDB, so that the
 * next process knows them too (`delivery.md` 4). They count in real time, whatever the office's clock shows.
 */
export function gatesOf({ world, channel, onError }: Pick<Delivering, 'world' | 'channel' | 'onError'>) {
  const closed = new Map<string, number>();
  const refusedAt = new Map<string, number>();
  const ids = new Map<string, string>();
  let isTrying = false;
  const { mono } = world.clock;

  const ofChat = (address: string): string => {
    const known = ids.get(address) ?? `${channel}:${world.seal.blind('gate', `${channel}:${address}`)}`;
    ids.set(address, known);
    return known;
  };
  const ofMethod = (method: string): string => `${channel}/${method}`;
  const leftOf = (id: string): number => (closed.get(id) ?? 0) - mono();
  const leftFor = ({ address, method }: At): number => Math.max(leftOf(ofChat(address)), leftOf(ofMethod(method)));
  const shut = async (id: string, until: number): Promise<void> => {
    closed.set(id, Math.max(until, closed.get(id) ?? 0));
    if (id === channel) isTrying = true;
    await world.store.gates.close(id, new Date(until)).catch(() => {});
  };

  return {
    isBotOpen: () => leftOf(channel) <= 0,
    botOpensIn: () => Math.max(0, leftOf(channel)),
    isOpen: (at: At) => leftFor(at) <= 0,
    /** After a closed bot one row goes first; only when that was taken do the others follow. */
    isTrying: () => isTrying,
    passed(): void {
      isTrying = false;
    },
    /** `isOfMethod`: the chat limits this method in all its chats together. */
    async close({ address, method }: At, seconds: number, isOfMethod = false): Promise<void> {
      const now = mono();
      const until = now + seconds * 1000;
      const isSecond = [...refusedAt].some(([chat, at]) => chat !== address && at > now - togetherMs);
      refusedAt.set(address, now);
      const own = isOfMethod ? ofMethod(method) : ofChat(address);
      closed.set(own, Math.max(until, closed.get(own) ?? 0));
      if (isSecond) await shut(channel, until);
      await shut(own, until);
    },
    /** What another process ran into. */
    async learn(): Promise<void> {
      const now = mono();
      for (const [id, until] of closed) if (until <= now) closed.delete(id);
      for (const [chat, at] of refusedAt) if (at <= now - togetherMs) refusedAt.delete(chat);
      if (ids.size > 10_000) ids.clear();
      for (const { id, closedUntil } of await world.store.gates.closed(new Date(now)))
        if (id === channel || id.startsWith(`${channel}:`) || id.startsWith(`${channel}/`))
          closed.set(id, Math.max(closedUntil.getTime(), closed.get(id) ?? 0));
    },
    /** Rows of closed chats and methods are due when the gate opens, so that they are not in the way of others. */
    async putOff(rows: OutboxRow[]): Promise<void> {
      for (const row of rows) await putOff(row, leftFor(row)).catch((error) => onError?.(row.id, error));
    },
    /** While the whole bot is closed for long, what is urgent takes another way; the rest waits where it is. */
    async passUrgent(rows: OutboxRow[]): Promise<void> {
      for (const row of rows)
        if (isToPass(row, leftOf(channel)))
          await putOff(row, leftOf(channel)).catch((error) => onError?.(row.id, error));
    },
    /** Chats, methods or the bot that stay closed for longer than `ms`, for an operator. */
    closedFor: (ms: number): number => [...closed.values()].filter((until) => until - mono() > ms).length,
  };

  async function putOff(row: OutboxRow, ms: number): Promise<void> {
    const dueAt = new Date(world.clock.wall().getTime() + Math.max(0, ms));
    const wantedAt = row.wantedAt ?? row.dueAt;
    const expected = { state: row.state, attempts: row.attempts };
    if (!isToPass(row, ms)) return void (await world.store.outbox.change(row.id, expected, { dueAt, wantedAt }));
    await inStep(world, `gate:${row.id}:${row.attempts}`, async (step) => {
      if (await step.deps.store.outbox.change(row.id, expected, { dueAt, wantedAt, isPassedOn: true }))
        await byAnotherWay(step, row, { mayUse: 'other account' });
    });
  }
}

const isToPass = (row: OutboxRow, ms: number): boolean =>
  ms > patienceMs && isUrgent(row) && row.method === 'send' && !row.isPassedOn;
