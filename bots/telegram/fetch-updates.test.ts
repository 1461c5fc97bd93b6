import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mihai } from '#infra/rehearsal/telegram/started.ts';
import { type Fetching, fetchUpdates } from './fetch-updates.ts';
import { keepUpdates } from './keep-updates.ts';
import { botId, city, mailboxWorld, seal } from './test/rig.ts';

let there: Awaited<ReturnType<typeof city>>;
let house: Awaited<ReturnType<typeof mailboxWorld>>;
let running: { stop(): Promise<void> }[];
const alarms: string[] = [];
const errors: unknown[] = [];

beforeEach(async () => {
  there = await city();
  house = await mailboxWorld();
  running = [];
  alarms.length = errors.length = 0;
});
afterEach(async () => {
  for (const one of running) await one.stop();
  await house.mailbox.remove({});
  await there.telegram.close();
  await house.close();
});

function fetching(more: Partial<Fetching> = {}) {
  const made: Fetching = {
    ...there.line,
    world: house.world,
    botId,
    onAlarm: (why) => void alarms.push(why),
    onError: (error) => void errors.push(error),
    pauses: { firstMs: 10, mostMs: 40, conflictMs: 60 },
    ...more,
  };
  const loop = fetchUpdates(made);
  running.push(loop);
  return loop;
}

const kept = () => house.mailbox.find({}, { sort: { order: 1 } });
const texts = async () => (await kept()).map(({ body }) => (body as { message?: { text?: string } }).message?.text);
const soon = { timeout: 8000, interval: 10 };

test('an update is stored raw and sealed, its lane is woken, and only then it is confirmed', async () => {
  there.phone.says('Добрий день');
  fetching();
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
  const [item] = await kept();
  expect(item).toMatchObject({
    id: 'tg:7000000001:1001',
    channel: 'telegram',
    lane: `telegram:${seal.blind('lane', 'telegram:501', 128)}`,
    order: 1001,
    state: 'waiting',
    attempts: 0,
    body: { update_id: 1001, message: { text: 'Добрий день' } },
  });
  expect(house.woken).toEqual([{ mailbox: [item?.lane] }]);
  const raw = await house.connection.db?.collection('mailbox').findOne({});
  expect(JSON.stringify(raw)).not.toContain('Добрий');
});

test('a lane is woken once for all that came with it', async () => {
  for (const word of ['1', '2', '3']) there.phone.says(word);
  there.telegram.user(mihai).start();
  fetching();
  await expect.poll(async () => (await kept()).length, soon).toBe(4);
  // The lanes are woken after the rows are kept.
  await expect.poll(() => house.woken.flatMap(({ mailbox }) => mailbox), soon).toHaveLength(2);
});

test('what is asked for stands in every call', async () => {
  fetching();
  there.phone.says('x');
  await expect.poll(texts, soon).toEqual(['x']);
  await expect.poll(() => there.telegram.calls.of('getUpdates').length, soon).toBeGreaterThan(0);
  for (const { payload } of there.telegram.calls.of('getUpdates')) {
    expect(payload).toMatchObject({
      limit: 100,
      timeout: 25,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  }
});

test('a webhook is taken away first, and nothing that waits is dropped', async () => {
  await there.api.setWebhook('http://127.0.0.1:9/none');
  there.phone.says('до того');
  there.telegram.faults.failNext({ method: 'deleteWebhook', status: 502 });
  fetching();
  await expect.poll(texts, soon).toEqual(['до того']);
  expect(alarms).toEqual([]);
});

test('a copy changes nothing: what was stored and not confirmed comes again', async () => {
  there.phone.says('раз');
  there.phone.says('два');
  const updates = await there.api.getUpdates();
  await house.mailbox.insert({
    id: `tg:${botId}:${updates[0]?.update_id}`,
    version: 0,
    channel: 'telegram',
    lane: 'l',
    order: 1,
    receivedAt: new Date(),
    state: 'done',
    attempts: 1,
    dueAt: new Date(),
  });
  fetching();
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
  expect((await kept()).map(({ state }) => state)).toEqual(['done', 'waiting']);
  expect(errors).toEqual([]);
});

test('the store is down: nothing is confirmed, and all is there when it is back', async () => {
  const insertMissing = vi.spyOn(house.world.store.mailbox, 'insertMissing').mockRejectedValue(new Error('no primary'));
  there.phone.says('раз');
  fetching();
  await expect.poll(() => errors.length, soon).toBeGreaterThan(2);
  there.phone.says('два');
  expect(there.telegram.pendingUpdates()).toBe(2);
  expect(house.woken).toEqual([]);
  insertMissing.mockRestore();
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
  expect(await texts()).toEqual(['раз', 'два']);
});

test('a write that was not acknowledged by the majority is a failure, even beside a copy', async () => {
  const failure = Object.assign(new Error('E11000'), {
    code: 11000,
    writeErrors: [{ code: 11000 }],
    result: { getWriteConcernError: () => ({ code: 64 }) },
  });
  vi.spyOn(house.world.store.mailbox.model, 'insertMany').mockRejectedValue(failure);
  there.phone.says('раз');
  fetching();
  await expect.poll(() => errors.length, soon).toBeGreaterThan(1);
  expect(there.telegram.pendingUpdates()).toBe(1);
});

test('a batch of which much is known already is stored in one trip', async () => {
  for (const word of ['1', '2', '3', '4']) there.phone.says(word);
  const updates = await there.api.getUpdates({ offset: 0, timeout: 0 });
  await keepUpdates(
    [updates[1], updates[3]].flatMap((one) => one ?? []),
    { world: house.world, botId },
  );
  const insertMany = vi.spyOn(house.world.store.mailbox.model, 'insertMany');
  await keepUpdates(updates, { world: house.world, botId });
  expect(insertMany).toHaveBeenCalledTimes(1);
  expect(await texts()).toEqual(['1', '2', '3', '4']);
});

test('the line is cut while updates come: they come again and are stored once', async () => {
  for (const word of ['1', '2', '3', '4']) there.phone.says(word);
  for (const where of ['before', 'midAnswer', 'afterAccept'] as const)
    there.telegram.faults.cut({ method: 'getUpdates', where });
  fetching();
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
  expect(await texts()).toEqual(['1', '2', '3', '4']);
});

test('a second poller: an alarm, and the wait a conflict asks for', async () => {
  fetching();
  there.phone.says('x');
  await expect.poll(texts, soon).toEqual(['x']);
  // The other program meets ours only while ours is asking; it asks again until they have met.
  const meet = async () => {
    await there.api.getUpdates({ timeout: 0, offset: 1002 }).catch(() => {});
    return alarms;
  };
  await expect.poll(meet, { ...soon, interval: 200 }).toContain('second poller');
  there.phone.says('y');
  await expect.poll(texts, soon).toEqual(['x', 'y']);
  expect(errors).toEqual([]);
});

test('a second poller while our store is away: it goes first, longer each time, and who writes is told all the same', async () => {
  const { mailbox } = house.world.store;
  const away = [
    vi.spyOn(mailbox, 'insertMissing').mockRejectedValue(new Error('no primary')),
    vi.spyOn(mailbox, 'get').mockRejectedValue(new Error('no primary')),
  ];
  const told: unknown[] = [];
  const conflicts: number[] = [];
  const description = 'Conflict: terminated by other getUpdates request';
  const meets = () => there.telegram.faults.failNext({ method: 'getUpdates', status: 409, description });
  meets();
  there.phone.says('раз');
  fetching({
    lines: { notKept: (updates) => void told.push(...updates), kept: () => {} },
    onAlarm: () => {
      conflicts.push(performance.now());
      if (conflicts.length < 4) meets();
    },
  });
  await expect.poll(() => conflicts.length, soon).toBe(4);
  const waits = conflicts.slice(1).map((at, place) => at - (conflicts[place] ?? 0));
  for (const [place, most] of [120, 240, 480].entries()) expect(waits[place]).toBeGreaterThan(most - 5);
  await expect.poll(() => told.length, soon).toBeGreaterThan(0);
  for (const one of away) one.mockRestore();
  await expect.poll(texts, soon).toEqual(['раз']);
});

test('somebody sets a webhook: an alarm, it is taken away, fetching goes on', async () => {
  fetching();
  there.phone.says('x');
  await expect.poll(texts, soon).toEqual(['x']);
  await there.api.setWebhook('http://127.0.0.1:9/none');
  await expect.poll(() => alarms, soon).toContain('a webhook was set');
  there.phone.says('y');
  await expect.poll(texts, soon).toEqual(['x', 'y']);
});

test('429: no call before the time it names', async () => {
  there.telegram.faults.rateLimit({ method: 'getUpdates', retryAfter: 1, count: 1 });
  there.phone.says('x');
  const before = performance.now();
  fetching();
  await expect.poll(texts, soon).toEqual(['x']);
  expect(performance.now() - before).toBeGreaterThan(990);
  expect(errors).toEqual([]);
});

test('ids that begin anew after a quiet week, lower than before, are fetched all the same [F2]', async () => {
  fetching();
  there.phone.says('x');
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
  there.telegram.restartUpdateIds(7);
  there.phone.says('y');
  await expect.poll(async () => (await kept()).length, soon).toBe(2);
  await expect.poll(() => there.telegram.pendingUpdates(), soon).toBe(0);
});

test('it stops at once in the middle of a long wait', async () => {
  const loop = fetching();
  await expect.poll(() => there.telegram.calls.of('deleteWebhook').length, soon).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = performance.now();
  await loop.stop();
  expect(performance.now() - before).toBeLessThan(200);
  expect(errors).toEqual([]);
});
