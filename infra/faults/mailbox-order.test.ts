import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Incoming } from '#bots/dialogue/incoming.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import { lanesOf } from '../start-lanes.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

let run = 0;

const itemOf = (lane: string, order: number): MailboxItem => {
  const id = `tg:${run}:${lane}:${order}`;
  const account = { key: lane, address: lane };
  const said = { kind: 'text', text: 'дякую', isEdited: false, isForwarded: false } as const;
  const message = { chatId: lane, messageId: String(order) };
  const body: Incoming = { key: id, channel: 'telegram', lane: `telegram:${lane}`, account, ...said, message };
  const now = u.clock.wall();
  const waiting = { state: 'waiting' as const, attempts: 0, receivedAt: now, dueAt: now };
  return { id, version: 0, channel: 'telegram', lane: `telegram:${lane}`, order, ...waiting, body };
};

/** Arrivals in any order, in portions, for one process or two. */
const arrivals = fc.record({
  items: fc.uniqueArray(fc.tuple(fc.constantFrom('81', '82', '83'), fc.integer({ min: 1, max: 40 })), {
    minLength: 2,
    maxLength: 14,
    selector: ([lane, order]) => `${lane}:${order}`,
  }),
  portion: fc.integer({ min: 1, max: 14 }),
  processes: fc.integer({ min: 1, max: 2 }),
});

it('what waits in a lane is worked on in its order, and each once, whatever comes when and however many work', async () => {
  const property = fc.asyncProperty(arrivals, async ({ items, portion, processes }) => {
    run += 1;
    const done: string[] = [];
    const houses = Array.from({ length: processes }, () => lanesOf(u.world, [chatThat(done)], () => {}));
    const wanted: string[] = [];
    for (let at = 0; at < items.length; at += portion) {
      const some = items.slice(at, at + portion).map(([lane, order]) => itemOf(lane, order));
      await u.world.store.mailbox.insertMany(some);
      await workAll(houses);
      wanted.push(...some.sort((one, other) => one.order - other.order).map(({ id }) => id));
    }
    expect([...done].sort()).toEqual([...wanted].sort());
    /** Two processes may tell of their commits in the other order than they made them. */
    if (processes === 1)
      for (const lane of ['81', '82', '83']) expect(ofLane(done, lane)).toEqual(ofLane(wanted, lane));
  });
  const replayed = process.env.FAULT_SEED ? { seed: Number(process.env.FAULT_SEED) } : {};
  await fc.assert(property, { numRuns: 12, ...replayed });
}, 300_000);

const chatThat = (done: string[]) =>
  ({
    channel: 'telegram',
    read: (item: MailboxItem) => item.body as Incoming,
    after: ({ key }: Incoming) => void done.push(key),
  }) as never;

async function workAll(houses: ReturnType<typeof lanesOf>[]): Promise<void> {
  while ((await u.world.store.mailbox.count({ state: 'waiting' })) > 0) {
    for (const one of houses) await one.sweep();
    for (const one of houses) await one.rest();
    u.clock.forward(0.1);
  }
}

const ofLane = (ids: string[], lane: string): string[] => ids.filter((id) => id.includes(`:${lane}:`));
