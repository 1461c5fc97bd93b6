import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../rehearsal/slack/test-rig.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const secret = 'a-secret-of-the-webhook';
const people = { oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' } } as const;
let url: string;
let office: TestOffice<keyof typeof people>;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}/telegram`;
  office = await openTestOffice({ people, chats: ['telegram'], webhook: { url, secret, port } });
});
afterAll(() => office.stop());

it('delivered by a webhook the conversation is the same', async () => {
  await office.opens('oksana');
  expect(office.heard('oksana')).toEqual([expect.stringMatching(/^Вітаємо! [\s\S]*112/)]);
  await office.taps('oksana', 'Українська');
  await office.taps('oksana', 'Просто запитати');
  expect(office.heard('oksana')).toHaveLength(2);
  expect(office.telegram.calls.of('getUpdates')).toEqual([]);
});

it('whoever does not know the secret is refused before anything is read', async () => {
  const kept = await office.world.store.mailbox.count({});
  for (const given of [undefined, '', 'another-secret-altogether', `${secret}x`])
    expect(await post(given, '{"update_id": 1')).toBe(401);
  expect(await post('another-secret-altogether', JSON.stringify(update(9001)))).toBe(401);
  expect(await office.world.store.mailbox.count({})).toBe(kept);
  expect(await post(secret, JSON.stringify(update(9002)))).toBe(200);
  await office.settle();
  expect(office.heard('oksana')).toHaveLength(1);
});

async function post(given: string | undefined, body: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    ...(given === undefined ? {} : { 'x-telegram-bot-api-secret-token': given }),
  };
  const { status } = await fetch(url, { method: 'POST', headers, body });
  return status;
}

const update = (id: number) => ({
  update_id: id,
  message: {
    message_id: id,
    date: 1,
    chat: { id: 7003, type: 'private', first_name: 'Оксана' },
    from: { id: 7003, is_bot: false, first_name: 'Оксана' },
    text: '/menu',
  },
});
