import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { oksana, refusalOf, started } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
let server: Server;
let url: string;
let got: { headers: IncomingHttpHeaders; update: Update; atOnce: number }[];
let status: number;
let running: number;

beforeEach(async () => {
  city = await started({ pace: { webhookRetryMs: 10 } });
  got = [];
  status = 200;
  running = 0;
  server = createServer(async (request, response) => {
    running += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({
      headers: request.headers,
      update: JSON.parse(Buffer.concat(chunks).toString()) as Update,
      atOnce: running,
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    running -= 1;
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
});
afterEach(async () => {
  await city.telegram.close();
  server.closeAllConnections();
  server.close();
});

describe('a webhook', () => {
  test('gets each update with the secret in its header, one at a time and in order', async () => {
    await city.api.setWebhook(url, { secret_token: 'abc-DEF_123' });
    for (const word of ['раз', 'два', 'три']) city.phone.says(word);
    await vi.waitFor(() => expect(got).toHaveLength(3));
    expect(got.map(({ update }) => update.message?.text)).toEqual(['раз', 'два', 'три']);
    expect(got.every(({ headers }) => headers['x-telegram-bot-api-secret-token'] === 'abc-DEF_123')).toBe(true);
    expect(got.every(({ atOnce }) => atOnce === 1)).toBe(true);
  });

  test('2xx confirms: the message is stored', async () => {
    await city.api.setWebhook(url);
    city.phone.says('раз');
    await vi.waitFor(() => expect(city.phone.messages()[0]?.tick).toBe('stored'));
  });

  test('anything else is tried again until it is taken', async () => {
    status = 503;
    await city.api.setWebhook(url);
    city.phone.says('раз');
    await vi.waitFor(() => expect(got.length).toBeGreaterThanOrEqual(3));
    expect(new Set(got.map(({ update }) => update.update_id)).size).toBe(1);
    expect(city.phone.messages()[0]?.tick).toBe('taken');
    expect(await city.api.getWebhookInfo()).toMatchObject({
      url,
      pending_update_count: 1,
      last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
    });
    status = 200;
    await vi.waitFor(() => expect(city.phone.messages()[0]?.tick).toBe('stored'));
    await vi.waitFor(() => expect(city.telegram.pendingUpdates()).toBe(0), 3000);
  });

  test('shuffled, each update still comes once', async () => {
    const mixed = await started({ updateIds: { isShuffled: true } });
    await mixed.api.setWebhook(url);
    const words = Array.from({ length: 20 }, (_, i) => `слово ${i}`);
    for (const word of words) mixed.phone.says(word);
    await vi.waitFor(() => expect(got).toHaveLength(20), 3000);
    expect(got.map(({ update }) => update.message?.text ?? '').sort()).toEqual([...words].sort());
    expect(got.map(({ update }) => update.update_id)).not.toEqual(
      got.map(({ update }) => update.update_id).sort((a, b) => a - b),
    );
    await vi.waitFor(() => expect(mixed.telegram.pendingUpdates()).toBe(0), 3000);
    await mixed.telegram.close();
  });

  test('shuts getUpdates out, and ends a waiting one', async () => {
    const waiting = refusalOf(city.api.getUpdates({ timeout: 20 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await city.api.setWebhook(url);
    expect(await waiting).toBe('409 Conflict: terminated by setWebhook request');
    expect(await refusalOf(city.api.getUpdates())).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    await city.api.deleteWebhook();
    expect(await refusalOf(city.api.getUpdates())).toBe('accepted');
  });

  test('what waited before is kept or dropped, as asked', async () => {
    city.phone.says('раз');
    await city.api.setWebhook(url, { drop_pending_updates: true });
    city.phone.says('два');
    await vi.waitFor(() => expect(got.map(({ update }) => update.message?.text)).toEqual(['два']));
  });

  test('needs https and a known port outside this machine, and a clean secret', async () => {
    expect(await refusalOf(city.api.setWebhook('http://punte.example.ro/x'))).toBe(
      '400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    );
    expect(await refusalOf(city.api.setWebhook('https://punte.example.ro:9000/x'))).toContain(
      'only on ports 80, 88, 443 or 8443',
    );
    expect(await refusalOf(city.api.setWebhook(url, { secret_token: 'cu spațiu' }))).toBe(
      '400 Bad Request: secret token contains unallowed characters',
    );
    expect(await refusalOf(city.api.setWebhook(url, { secret_token: 'a'.repeat(257) }))).toBe(
      '400 Bad Request: secret token is too long',
    );
    expect((await city.api.getWebhookInfo()).url).toBe('');
  });

  test('a tap comes by it, too', async () => {
    await city.api.setWebhook(url);
    const { message_id } = await city.api.sendMessage(oksana, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] },
    });
    city.phone.taps(message_id, 'b');
    await vi.waitFor(() => expect(got[0]?.update.callback_query?.data).toBe('b'));
  });
});
