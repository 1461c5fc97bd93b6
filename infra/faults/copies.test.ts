import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import { dispatcher } from '#jobs/dispatch.ts';
import { freePace, onePerChat, openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
let mihai: Person;
let ioana: Person;
beforeAll(async () => {
  office = await openPostOffice();
  ({ mihai, ioana } = await onePerChat(office));
});
afterAll(() => office.close());

const phone = () => office.telegram.user(Number(mihai.accounts[0]?.key)).messages();
const desk = () => office.slack.messages(ioana.accounts[0]?.key ?? '').filter(({ isBot }) => isBot);
/** Texts of the posts that Slack accepted from now on, by the row they carry. */
function postsByRow(): Map<string, string[]> {
  const posts = new Map<string, string[]>();
  office.slack.calls.subscribe(({ method, outcome, payload }) => {
    if (method !== 'chat.postMessage' || outcome === 'cut_before') return;
    const { metadata, text } = payload as { metadata?: { event_payload?: { row?: string } }; text?: string };
    const row = metadata?.event_payload?.row ?? '';
    posts.set(row, [...(posts.get(row) ?? []), text ?? '']);
  });
  return posts;
}
/** The next 200 posts to Slack get no answer; a quarter of them was not even accepted. */
function cutPosts(): void {
  for (let n = 0; n < 200; n++)
    office.slack.faults.cut({ method: 'chat.postMessage', where: n % 4 === 3 ? 'before' : 'afterAccept' });
}
const repeat = (text: unknown) => /repet/i.test(String(text));
const alarm = () => ({ lines: [phrase('emergency:call112')] });

describe('urgent, the line is cut after the bytes went out (R3)', () => {
  it('Telegram, 200 times: at most one extra copy, and it is marked', async () => {
    const rows: OutboxRow[] = [];
    for (let n = 0; n < 200; n++)
      rows.push(await office.message(mihai, n % 2 ? 'danger' : 'urgent', { message: alarm() }));
    const before = phone().length;
    // Most first copies were accepted, some were not; a few second copies lose their answer too.
    for (let n = 0; n < 220; n++)
      office.telegram.faults.cut({ where: n < 200 && n % 5 === 4 ? 'before' : 'afterAccept', method: 'sendMessage' });
    await office.pass(30, 2);
    office.telegram.faults.clear();
    const texts = phone()
      .slice(before)
      .map(({ text }) => text);
    const marked = texts.filter(repeat).length;
    expect(texts.length - marked).toBeLessThanOrEqual(200);
    expect(marked).toBeLessThanOrEqual(200);
    for (const row of rows) {
      const { attempts, state, isMarked } = await office.now(row);
      expect(attempts).toBeLessThanOrEqual(2);
      expect(isMarked).toBe(true);
      expect(['sent', 'unknown']).toContain(state);
    }
  }, 120_000);

  it('Slack, 200 times: an accepted one is found and not repeated, a lost one goes once more, marked; nobody keeps two', async () => {
    const rows: OutboxRow[] = [];
    for (let n = 0; n < 200; n++)
      rows.push(await office.message(ioana, 'danger', { channel: 'slack', message: alarm() }));
    const posts = postsByRow();
    cutPosts();
    await office.pass(70, 2);
    office.slack.faults.lift();
    for (const row of rows) {
      expect(await office.now(row)).toMatchObject({ state: 'sent' });
      const copies = posts.get(row.id) ?? [];
      expect(copies.length).toBe(1);
    }
    expect([...posts.values()].flat().filter(repeat)).toHaveLength(50);
  }, 180_000);

  it('without a fault nothing is repeated', async () => {
    const [onPhone, onDesk] = [phone().length, desk().length];
    for (let n = 0; n < 20; n++) {
      await office.message(mihai, 'danger', { message: alarm() });
      await office.message(ioana, 'danger', { channel: 'slack', message: alarm() });
    }
    await office.pass(60, 10);
    const [said, written] = [phone().slice(onPhone), desk().slice(onDesk)];
    expect([said.length, written.length]).toEqual([20, 20]);
    expect([...said, ...written].filter(({ text }) => repeat(text))).toEqual([]);
  });
});

describe('Slack, routine, no answer (R4)', () => {
  it('200 times: each is recorded as unknown, and settled by its metadata within 60 seconds of the moved clock', async () => {
    const rows: OutboxRow[] = [];
    for (let n = 0; n < 200; n++) rows.push(await office.message(ioana, 'routine', { channel: 'slack' }));
    const posts = postsByRow();
    cutPosts();
    await office.sweep();
    expect(await office.outbox.count({ _id: { $in: rows.map(({ id }) => id) }, state: 'unknown' })).toBe(200);
    await office.pass(60, 2);
    const settled = await office.outbox.count({ _id: { $in: rows.map(({ id }) => id) }, state: 'sent' });
    expect(settled).toBeGreaterThanOrEqual(198);
    expect(rows.filter(({ id }) => posts.get(id)?.length !== 1)).toEqual([]);
  }, 180_000);
});

describe('a spare copy is taken away [delivery 4]', () => {
  /** A first attempt that answers only when told, after its lease was over; the marked copy goes meanwhile. */
  async function lateYes(person: Person, channel: 'telegram' | 'slack') {
    const row = await office.message(person, 'danger', { channel, message: alarm() });
    const { send } = office.work[channel];
    let answer = (): void => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const slow = dispatcher(
      {
        ...office.work[channel],
        async send(delivery): Promise<Sent> {
          const sent = await send(delivery);
          await held;
          return sent;
        },
      },
      freePace,
    );
    await slow.sweep();
    await expect.poll(async () => (await office.now(row)).state).toBe('attempting');
    await expect.poll(() => (channel === 'telegram' ? phone() : desk()).at(-1)?.text).toBeDefined();
    await office.outbox.change(row.id, {}, { leaseUntil: new Date(0) });
    return { row, answer: async () => answer(), slow };
  }

  it('Telegram: the yes of the first comes after the marked one: the marked one is deleted, recorded', async () => {
    const before = phone().length;
    const { row, answer, slow } = await lateYes(mihai, 'telegram');
    await expect.poll(() => phone().length).toBe(before + 1);
    await office.pass(3);
    expect(
      phone()
        .slice(before)
        .map(({ text }) => repeat(text)),
    ).toEqual([false, true]);
    await answer();
    await slow.rest();
    await office.pass(1);
    expect(
      phone()
        .slice(before)
        .map(({ text }) => repeat(text)),
    ).toEqual([false]);
    expect(await office.now(row)).toMatchObject({ state: 'sent', messageId: String(phone().at(-1)?.id) });
    expect(await office.outbox.find({ target: row.id, method: 'delete' })).toMatchObject([{ state: 'sent' }]);
  });

  it('Slack: a twin seen by its metadata is deleted, the first one stays', async () => {
    const before = desk().length;
    const row = await office.message(ioana, 'danger', { channel: 'slack', message: alarm() });
    // Slack accepts it, and does not show it in the history when it is looked for after two seconds.
    office.slack.faults.cut({ method: 'chat.postMessage', where: 'afterAccept' });
    const { findPosted } = office.work.slack;
    office.work.slack.findPosted = async () => [];
    await office.pass(3);
    office.work.slack.findPosted = findPosted;
    expect(desk().slice(before)).toHaveLength(2);
    await office.pass(32, 4);
    expect(
      desk()
        .slice(before)
        .map(({ text }) => repeat(text)),
    ).toEqual([false]);
    expect(await office.now(row)).toMatchObject({ state: 'sent', messageId: desk().at(-1)?.ts });
  });
});
