import { isUrgent, type OutboxRow } from '#core/delivery/outbox.ts';
import { inStep } from '#core/execute.ts';
import { byAnotherWay } from './another-way.ts';
import type { Delivering } from './deliver.ts';

/** Two chats refused in so long close the whole bot. */
const togetherMs = 10_000;
/** What is urgent does not wait longer than this at a gate without being given another way. */
const patienceMs = 15_000;

/** The gates of one bot: closed by a 429 until the chat opens them; kept in MongoDB, so that the next process knows them too (`delivery.md` 4). */
export function gatesOf({ world, channel }: Pick<Delivering, 'world' | 'channel'>) {
  const closed = new Map<string, number>();
  const refusedAt = new Map<string, number>();
  const ids = new Map<string, string>();
  const idOf = (address: string): string => {
    const known = ids.get(address) ?? `${channel}:${world.seal.blind('gate', `${channel}:${address}`)}`;
    ids.set(address, known);
    return known;
  };
  const leftOf = (id: string): number => (closed.get(id) ?? 0) - Date.now();
  const shut = async (id: string, until: number): Promise<void> => {
    closed.set(id, Math.max(until, closed.get(id) ?? 0));
    await world.store.gates.close(id, new Date(until)).catch(() => {});
  };

  return {
    isBotOpen: () => leftOf(channel) <= 0,
    botOpensIn: () => Math.max(0, leftOf(channel)),
    isOpen: (address: string) => leftOf(idOf(address)) <= 0,
    async close(address: string, seconds: number): Promise<void> {
      const now = Date.now();
      const until = now + seconds * 1000;
      const isSecond = [...refusedAt].some(([chat, at]) => chat !== address && at > now - togetherMs);
      refusedAt.set(address, now);
      closed.set(idOf(address), until);
      if (isSecond) await shut(channel, until);
      await shut(idOf(address), until);
    },
    /** What another process ran into. */
    async learn(): Promise<void> {
      const now = Date.now();
      for (const [id, until] of closed) if (until <= now) closed.delete(id);
      for (const [chat, at] of refusedAt) if (at <= now - togetherMs) refusedAt.delete(chat);
      if (ids.size > 10_000) ids.clear();
      for (const { id, closedUntil } of await world.store.gates.closed(new Date(now)))
        if (id === channel || id.startsWith(`${channel}:`)) closed.set(id, closedUntil.getTime());
    },
    /** Rows of closed chats are due when the gate opens, so that they are not in the way of others. */
    async putOff(rows: OutboxRow[]): Promise<void> {
      for (const row of rows) await putOff(row, leftOf(idOf(row.address)));
    },
  };

  async function putOff(row: OutboxRow, ms: number): Promise<void> {
    const dueAt = new Date(world.clock.wall().getTime() + Math.max(0, ms));
    const isToPass = ms > patienceMs && isUrgent(row) && row.method === 'send' && !row.isPassedOn;
    const expected = { state: row.state, attempts: row.attempts };
    if (!isToPass) return void (await world.store.outbox.change(row.id, expected, { dueAt }));
    await inStep(world, `gate:${row.id}:${row.attempts}`, async (step) => {
      if (await step.deps.store.outbox.change(row.id, expected, { dueAt, isPassedOn: true }))
        await byAnotherWay(step, row, { mayUse: 'other account' });
    });
  }
}
