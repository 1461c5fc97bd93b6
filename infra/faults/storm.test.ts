import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lane, OutboxRow } from '#core/delivery/outbox.ts';
import type { Person } from '#core/people/person.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
const people: Person[] = [];
beforeAll(async () => {
  office = await openPostOffice({ pace: { perSecond: 30, atOnce: 12, kept: 4 } });
  for (let n = 0; n < 20; n++) people.push(await office.person('technician', `Dan Pop ${n}`, ['telegram', 'slack']));
});
afterAll(() => office.close());

const stormSeconds = 10;

/** What one bot did: when each call came in and what was answered, in seconds. */
function watch() {
  const calls = { telegram: [] as { at: number; isTaken: boolean }[], slack: [] as { at: number; isTaken: boolean }[] };
  office.telegram.calls.subscribe(({ method, outcome }) => {
    if (method === 'sendMessage')
      calls.telegram.push({ at: performance.now() / 1000, isTaken: outcome === 'accepted' });
  });
  office.slack.calls.subscribe(({ outcome }) => {
    calls.slack.push({ at: performance.now() / 1000, isTaken: outcome === 'ok' });
  });
  return calls;
}

describe('a storm of 429, both chats, over real HTTP (F17, R11)', () => {
  it('10 s: no call inside a closed gate, alerts first when it opens, nothing later than the wait and 2 s', async () => {
    const calls = watch();
    const rows: OutboxRow[] = [];
    const put = async (lane: Lane) => {
      for (const person of people)
        for (const channel of ['telegram', 'slack'] as const)
          rows.push(await office.message(person, lane, { channel }));
    };
    await put('routine');
    const began = performance.now();
    const wall = office.u.clock.wall().getTime();
    /** The office's clock goes with the real one here. */
    const ticking = setInterval(() => office.u.clock.moveTo(new Date(wall + performance.now() - began)), 5);
    const sweep = async () => {
      await office.bots.telegram.sweep();
      await office.bots.slack.sweep();
    };
    office.telegram.faults.rateLimit({ retryAfter: stormSeconds, until: Date.now() + stormSeconds * 1000 });
    office.slack.faults.rateLimit({ retryAfter: stormSeconds });
    setTimeout(() => office.slack.faults.lift(), stormSeconds * 1000);
    await sweep();
    await office.bots.telegram.rest();
    await office.bots.slack.rest();
    const closed = { at: performance.now() / 1000, telegram: calls.telegram.length, slack: calls.slack.length };
    expect([closed.telegram > 1, closed.slack > 1]).toEqual([true, true]);

    await put('waiting');
    await put('danger');
    const until = performance.now() + (stormSeconds + 12) * 1000;
    while (performance.now() < until) {
      await sweep();
      if ((await office.outbox.count({ state: 'sent' })) === rows.length) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await office.bots.telegram.rest();
    await office.bots.slack.rest();
    clearInterval(ticking);

    expect(await office.outbox.count({ state: 'sent' })).toBe(rows.length);
    for (const channel of ['telegram', 'slack'] as const) {
      const later = calls[channel].slice(closed[channel]);
      const opensAt = began / 1000 + stormSeconds;
      expect(later.filter(({ at }) => at < opensAt)).toEqual([]);
      expect(later.filter(({ isTaken }) => !isTaken)).toEqual([]);
      const dangers = await office.outbox.find({ channel, lane: 0 });
      const others = await office.outbox.find({ channel, lane: { $gt: 0 } });
      const lastDanger = Math.max(...dangers.map(({ sentAt }) => sentAt?.getTime() ?? Number.POSITIVE_INFINITY));
      expect(lastDanger - wall).toBeLessThanOrEqual((stormSeconds + 2) * 1000);
      // By when they were begun: what is under way at once may be answered in any order.
      const begun = ({ leaseUntil }: OutboxRow) => leaseUntil?.getTime() ?? Number.NaN;
      const lastBegun = Math.max(...dangers.map(begun));
      expect(others.filter((row) => begun(row) < lastBegun)).toEqual([]);
    }
  }, 60_000);
});
