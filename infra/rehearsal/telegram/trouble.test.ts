import { Api, HttpError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { oksana, refusalOf, started } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(async () => {
  vi.useRealTimers();
  await city.telegram.close();
});

const send = (text = 'x') => refusalOf(city.api.sendMessage(oksana, text));
const shown = () => city.phone.messages().map(({ text }) => text);

describe('the door', () => {
  test('a wrong token is 401, a path without a token and an unknown method 404', async () => {
    const wrong = new Api('7000000001:AAzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', { apiRoot: city.telegram.url });
    expect(await refusalOf(wrong.getMe())).toBe('401 Unauthorized');
    const answer = await fetch(`${city.root}/sendMesage`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found: method not found' });
    expect((await fetch(`${city.telegram.url}/`)).status).toBe(404);
  });

  test('a body that is no JSON object is refused', async () => {
    const answer = await fetch(`${city.root}/sendMessage`, {
      method: 'POST',
      body: '[1',
      headers: { 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ ok: false, error_code: 400 });
  });
});

describe('trouble', () => {
  test('429 carries retry_after, for so many calls or until it is cleared', async () => {
    city.telegram.faults.rateLimit({ retryAfter: 7, count: 1 });
    const error: unknown = await city.api.sendMessage(oksana, 'x').catch((e: unknown) => e);
    expect(error).toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect(await send()).toBe('accepted');
    city.telegram.faults.rateLimit({ retryAfter: 3 });
    expect([await send(), await send()]).toEqual(Array(2).fill('429 Too Many Requests: retry after 3'));
    expect(await refusalOf(city.api.getUpdates())).toBe('accepted');
    city.telegram.faults.clear();
    expect(await send()).toBe('accepted');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    city.telegram.faults.rateLimit({ retryAfter: 3, until: Date.now() + 40 });
    expect(await send()).toContain('429');
    vi.setSystemTime(Date.now() + 60);
    expect(await send()).toBe('accepted');
  });

  test('it can hit one chat or one method only', async () => {
    city.telegram.addUser({ id: 503, firstName: 'Ion', hasStarted: true });
    city.telegram.faults.rateLimit({ retryAfter: 3, chatId: 503 });
    city.telegram.faults.failNext({ method: 'getUpdates', status: 502 });
    expect(await send()).toBe('accepted');
    expect(await refusalOf(city.api.sendMessage(503, 'x'))).toContain('429');
    expect(await refusalOf(city.api.getUpdates())).toBe('502 Bad Gateway');
  });

  test('a failed call has no effect', async () => {
    city.telegram.faults.failNext({ status: 500, count: 2 });
    expect([await send('раз'), await send('два'), await send('три')]).toEqual([
      '500 Internal Server Error',
      '500 Internal Server Error',
      'accepted',
    ]);
    expect(shown()).toEqual(['три']);
  });

  test('a line cut before has no effect, one cut after or in mid-answer has it', async () => {
    const cut = (where: 'before' | 'afterAccept' | 'midAnswer', text: string) => {
      city.telegram.faults.cut({ where });
      // Native fetch: node-fetch 2, grammY's default, waits for ever for the rest of half an answer.
      return fetch(`${city.root}/sendMessage?chat_id=${oksana}&text=${text}`).then(
        (answer) => answer.json().catch(() => 'half an answer'),
        () => 'line lost',
      );
    };
    expect(await cut('before', 'one')).toBe('line lost');
    expect(await cut('afterAccept', 'two')).toBe('line lost');
    expect(await cut('midAnswer', 'three')).toBe('half an answer');
    expect(shown()).toEqual(['two', 'three']);
    expect(city.telegram.calls.of('sendMessage').map(({ isCut, outcome }) => [isCut, outcome])).toEqual([
      [true, 'accepted'],
      [true, 'accepted'],
    ]);
    city.telegram.faults.cut({ where: 'before' });
    await expect(city.api.sendMessage(oksana, 'x')).rejects.toBeInstanceOf(HttpError);
  });

  test('slow answers late: the effect comes late, or at once', async () => {
    city.telegram.faults.slow(100);
    const late = send('раз');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shown()).toEqual([]);
    await late;
    city.telegram.faults.slow(100, 'afterAccept');
    const lateAnswer = send('два');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shown()).toEqual(['раз', 'два']);
    await lateAnswer;
    city.telegram.faults.slow(0);
  });

  test('down refuses connections, up is back at the same address', async () => {
    await city.telegram.faults.down();
    await expect(city.api.getMe()).rejects.toBeInstanceOf(HttpError);
    city.phone.says('раз');
    await city.telegram.faults.up();
    expect(await city.api.getUpdates()).toHaveLength(1);
  });
});

describe('the record', () => {
  test('has every call, and the accepted posts apart', async () => {
    const heard: string[] = [];
    const stop = city.telegram.calls.subscribe(({ method, outcome }) => heard.push(`${method} ${outcome}`));
    const { message_id } = await city.api.sendMessage(oksana, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] },
    });
    await refusalOf(city.api.sendMessage(1, 'y'));
    await city.api.editMessageText(oksana, message_id, 'z');
    stop();
    await city.api.getMe();
    expect(heard).toEqual(['sendMessage accepted', 'sendMessage refused', 'editMessageText accepted']);
    expect(city.telegram.calls.all().map(({ method }) => method)).toContain('getMe');
    expect(city.telegram.calls.posts()).toEqual([
      {
        at: city.clock.at,
        method: 'sendMessage',
        chatId: oksana,
        messageId: message_id,
        outcome: 'accepted',
        status: 200,
        payload: {
          chat_id: oksana,
          text: 'x',
          reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] },
        },
      },
    ]);
  });
});
