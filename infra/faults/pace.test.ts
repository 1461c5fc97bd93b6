import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import type { Person } from '#core/people/person.ts';
import { dispatcher } from '#jobs/dispatch.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
let mihai: Person;
let ioana: Person;
beforeEach(async () => {
  office = await openPostOffice({ pace: { perSecond: 30, atOnce: 12, kept: 4, chatPerSecond: 1, groupPerMinute: 20 } });
  mihai = await office.person('technician', 'Mihai Dobre', ['telegram']);
  ioana = await office.person('coordinator', 'Ioana Marin', ['telegram', 'slack']);
});
afterEach(() => office.close());

/** Sweeps in real time until `isDone`, and gives when each post was accepted, in seconds from the first. */
async function posts(isDone: (count: number) => boolean): Promise<{ chat: string; at: number }[]> {
  const seen: { chat: string; at: number }[] = [];
  const note = (chat: unknown) => seen.push({ chat: String(chat), at: performance.now() / 1000 });
  const ends = [
    office.telegram.calls.subscribe(({ method, chatId }) => method === 'sendMessage' && note(chatId)),
    office.slack.calls.subscribe(({ method, channel }) => method === 'chat.postMessage' && note(channel)),
  ];
  while (!isDone(seen.length)) {
    await office.bots.telegram.sweep();
    await office.bots.slack.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const end of ends) end();
  const first = seen[0]?.at ?? 0;
  return seen.map(({ chat, at }) => ({ chat, at: at - first }));
}
const gaps = (times: number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0));

describe('pace of a chat [delivery 4]', () => {
  it('forty routine messages to one chat, then a danger: it goes next, within the second', async () => {
    for (let count = 0; count < 40; count++) await office.message(mihai, 'routine');
    await posts((count) => count >= 2);
    const danger = await office.message(mihai, 'danger');
    const at = performance.now();
    await posts((count) => count >= 1);
    expect(performance.now() - at).toBeLessThan(2000);
    await expect.poll(async () => (await office.now(danger)).state).toBe('sent');
    expect(await office.outbox.count({ state: 'sent' })).toBe(3);
  });

  it('one message a second to a chat at most, in both chats; a fifth is left for what is urgent; other chats do not wait', async () => {
    for (let count = 0; count < 3; count++) {
      await office.message(mihai, 'routine');
      await office.message(ioana, 'routine', { channel: 'slack' });
    }
    const seen = await posts((count) => count >= 6);
    for (const chat of new Set(seen.map((post) => post.chat))) {
      const times = seen.filter((post) => post.chat === chat).map(({ at }) => at);
      expect(times).toHaveLength(3);
      expect(Math.min(...gaps(times))).toBeGreaterThan(1.2);
    }
  });

  it('twenty a minute to a group, of which four are kept for what is urgent', async () => {
    const group = -4001;
    office.telegram.addGroup({ id: group, title: 'Echipa', members: [Number(mihai.accounts[0]?.key)] });
    const toGroup = { ...mihai, accounts: mihai.accounts.map((one) => ({ ...one, address: String(group) })) };
    for (let count = 0; count < 18; count++) await office.message(toGroup, 'routine');
    const fast = dispatcher(office.work.telegram, {
      perSecond: 30,
      atOnce: 12,
      kept: 4,
      chatPerSecond: 100,
      groupPerMinute: 20,
    });
    const sent = () => office.outbox.count({ state: 'sent' });
    const sweepFor = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        await fast.sweep();
        await fast.rest();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    };
    await sweepFor(40);
    expect(await sent()).toBe(16);
    for (let count = 0; count < 6; count++) await office.message(toGroup, 'danger');
    await sweepFor(20);
    expect(await sent()).toBe(20);
    await fast.stop();
  });

  it('a flood to one chat is not in the way of others', async () => {
    const rows: OutboxRow[] = [];
    for (let count = 0; count < 250; count++) rows.push(await office.message(mihai, 'waiting'));
    const other = await office.message(ioana, 'routine');
    await posts((count) => count >= 2);
    await expect.poll(async () => (await office.now(other)).state).toBe('sent');
  });
});
