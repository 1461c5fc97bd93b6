import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setTelegramWebhook } from './set-webhook.ts';
import { botId, city, mailboxWorld } from './test/rig.ts';
import { telegramWebhook } from './webhook.ts';

const [now, old] = ['new-secret-0123456789', 'old-secret-0123456789'];
let house: Awaited<ReturnType<typeof mailboxWorld>>;
let app: FastifyInstance;
let parsed: number;
const errors: unknown[] = [];

beforeEach(async () => {
  house = await mailboxWorld();
  app = fastify();
  parsed = errors.length = 0;
  app.addHook('preValidation', async () => void parsed++);
  await app.register(
    telegramWebhook({
      world: house.world,
      botId,
      path: '/telegram',
      secrets: [now, old],
      onError: (error) => void errors.push(error),
    }),
  );
});
afterEach(async () => {
  await app.close();
  await house.mailbox.remove({});
  await house.close();
});

const post = (payload: string | object, secret?: string) =>
  app.inject({
    method: 'POST',
    url: '/telegram',
    payload,
    headers: {
      'content-type': 'application/json',
      ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    },
  });
const update = {
  update_id: 5,
  message: {
    message_id: 1,
    date: 0,
    chat: { id: 501, type: 'private' },
    from: { id: 501, is_bot: false, first_name: 'O' },
    text: 'так',
  },
};

test('an update is stored, its lane woken, the answer is empty', async () => {
  const answer = await post(update, now);
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
  expect(await house.mailbox.find({})).toMatchObject([{ id: 'tg:7000000001:5', body: update }]);
  expect(house.woken).toHaveLength(1);
});

test('while secrets rotate both are good', async () => expect((await post(update, old)).statusCode).toBe(200));

test.each([undefined, '', 'wrong-secret-01234567', `${now}x`, now.slice(0, -1)])(
  'the secret %o is refused before a byte is parsed [F26]',
  async (secret) => {
    const answer = await post('{ this is no JSON', secret);
    expect([answer.statusCode, answer.body, parsed]).toEqual([401, '', 0]);
  },
);

test.each([{}, { update_id: 'x' }, { update_id: 1.5 }, [], '5', 'null', '{'])(
  'a body without the number of an update is refused: %o',
  async (body) => {
    expect((await post(body, now)).statusCode).toBe(400);
    expect(await house.mailbox.count({})).toBe(0);
  },
);

test('a copy is taken and changes nothing', async () => {
  await post(update, now);
  expect((await post(update, now)).statusCode).toBe(200);
  expect(await house.mailbox.count({})).toBe(1);
});

test('the store is down: 503, so that Telegram comes again', async () => {
  vi.spyOn(house.world.store.mailbox, 'insertMissing').mockRejectedValue(new Error('no primary'));
  const answer = await post(update, now);
  expect([answer.statusCode, answer.body, errors.length, house.woken.length]).toEqual([503, '', 1, 0]);
});

test.each([[[]], [['']], [[now, '']]])('no door without a secret: %o', (secrets) => {
  expect(() => telegramWebhook({ world: house.world, botId, path: '/telegram', secrets })).toThrow('needs its secret');
});

test("Telegram's own delivery comes through, also after the store was down", async () => {
  const there = await city();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const port = (app.server.address() as { port: number }).port;
  const insertMissing = vi
    .spyOn(house.world.store.mailbox, 'insertMissing')
    .mockRejectedValueOnce(new Error('no primary'));
  await setTelegramWebhook(there.line, { url: `http://127.0.0.1:${port}/telegram`, secret: now });
  there.phone.says('Добрий день');
  await expect.poll(() => there.telegram.pendingUpdates(), { timeout: 5000, interval: 10 }).toBe(0);
  expect(insertMissing).toHaveBeenCalledTimes(2);
  expect(await there.api.getWebhookInfo()).toMatchObject({
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  });
  expect(await house.mailbox.find({})).toMatchObject([{ body: { message: { text: 'Добрий день' } } }]);
  await there.telegram.close();
});
