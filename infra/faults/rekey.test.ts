import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchWebhook } from '#bots/telegram/watch-webhook.ts';
import { watchedFetch } from '../http.ts';
import { connectMongo } from '../mongo.ts';
import { started } from '../rehearsal/telegram/started.ts';
import { openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { type Program, startProgram } from '../test/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'punte-secrets-'));
const numbers = Array.from({ length: 10 }, (_, n) => n);
const people = Object.fromEntries([
  ...numbers.map((n) => [`phone${n}`, { name: `Ана ${n}`, phone: 7100 + n, language: 'uk' as const }]),
  ...numbers.map((n) => [`desk${n}`, { name: `Ioana ${n}`, desk: `U${n}IOANA` }]),
]);
let chats: Awaited<ReturnType<typeof openBothChats<string>>>;
let connection: Connection;
let office: Program;
/** How far the clock of both chats was moved: what Slack could not bring comes again after a minute. */
let ahead = 0;
beforeAll(async () => {
  chats = await openBothChats(people, { now: () => Date.now() + ahead });
  connection = await connectMongo(testPlace().mongodbUri);
});
afterAll(async () => {
  await office?.kill('SIGKILL');
  await chats.close();
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, secret: string): string {
  const file = join(folder, name);
  writeFileSync(file, secret);
  return file;
}

it('both bots re-keyed while 200 updates come in: none lost, the old tokens out within a minute (F34) (S8)', async () => {
  const { TELEGRAM_BOT_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, ...env } = chats.env;
  office = await startProgram('infra/main.ts', {
    ...testPlace().env,
    ...env,
    WAKE: 'none',
    DATA_CONTROLLER: 'DAS Arad',
    DATA_CONTROLLER_CONTACT: 'dpo@das.example',
    TELEGRAM_BOT_TOKEN_FILE: put('telegram', TELEGRAM_BOT_TOKEN),
    SLACK_BOT_TOKEN_FILE: put('slack-bot', SLACK_BOT_TOKEN),
    SLACK_APP_TOKEN_FILE: put('slack-app', SLACK_APP_TOKEN),
  });
  await expect.poll(() => chats.slack.sockets(), { timeout: 30_000 }).toBe(2);

  const renewed = {
    telegram: `${TELEGRAM_BOT_TOKEN.split(':')[0]}:${'n'.repeat(40)}`,
    slack: { botToken: 'xoxb-renewed', appToken: 'xapp-renewed', signingSecret: 'renewed' },
  };
  let renewedAt = 0;
  for (let round = 0; round < 10; round++) {
    for (const n of numbers) {
      chats.phone(`phone${n}`).says(`Питання ${n} номер ${round} до служби`);
      chats.desk(`desk${n}`).says('bot', `Întrebarea ${n} numărul ${round} pentru serviciu`);
    }
    if (round === 3) {
      renewedAt = performance.now();
      chats.telegram.renew(renewed.telegram);
      chats.slack.renew(renewed.slack);
    }
    if (round === 5) {
      put('telegram', renewed.telegram);
      put('slack-bot', renewed.slack.botToken);
      put('slack-app', renewed.slack.appToken);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const mailbox = connection.collection('mailbox');
  await expect.poll(() => chats.slack.sockets(), { timeout: 60_000 }).toBe(2);
  await expect.poll(() => chats.telegram.pendingUpdates(), { timeout: 60_000 }).toBe(0);
  expect(performance.now() - renewedAt).toBeLessThan(60_000);
  ahead = 61_000;
  chats.slack.redeliver();
  const redelivering = setInterval(() => chats.slack.redeliver(), 500);
  await expect.poll(() => mailbox.countDocuments({ state: 'done' }), { timeout: 60_000 }).toBe(200);
  clearInterval(redelivering);
  expect(await mailbox.countDocuments({ state: { $ne: 'done' } })).toBe(0);

  await expect
    .poll(() => connection.collection('outbox').countDocuments({ state: { $nin: ['sent', 'refused', 'unknown'] } }), {
      timeout: 100_000,
      interval: 500,
    })
    .toBe(0);
  const outbox = connection.collection('outbox');
  const notSent = { state: { $in: ['refused', 'unknown'] }, outcome: { $ne: 'folded' } };
  expect(await outbox.countDocuments(notSent)).toBe(0);
  const folded = await outbox.countDocuments({ outcome: 'folded' });
  expect((await outbox.countDocuments({ state: 'sent' })) + folded).toBeGreaterThanOrEqual(200);
  for (const name of Object.keys(people))
    expect(chats.posted(name).join('\n')).toMatch(/(повідомлення збережено|mesajele dumneavoastră): \d+\./);
}, 240_000);

describe('the webhook', () => {
  it('that somebody else changed is set again and told; one that fails is told, too (F34)', async () => {
    const there = await started();
    const line = { token: there.telegram.token, apiRoot: there.telegram.url, watch: watchedFetch() };
    const webhook = { url: 'http://127.0.0.1:9/telegram', secret: 'a-secret-of-the-webhook' };
    const told: string[] = [];
    const watch = watchWebhook({ line, webhook, onFault: (fault) => void told.push(fault), everyMs: 3_600_000 });
    await there.api.setWebhook(webhook.url);
    await watch.look();
    expect(watch.faults()).toEqual([]);

    await there.api.setWebhook('http://127.0.0.1:9/thief');
    await watch.look();
    expect(watch.faults()).toEqual([expect.stringContaining('changed by somebody else')]);
    expect(await there.api.getWebhookInfo()).toMatchObject({ url: webhook.url });

    there.phone.says('Добрий день');
    await expect
      .poll(async () => (await there.api.getWebhookInfo()).last_error_date ?? 0, { timeout: 5000 })
      .toBeGreaterThan(0);
    await watch.look();
    expect(watch.faults()).toContain('Telegram could not deliver to our webhook');
    expect(told.join()).not.toContain('thief');
    watch.stop();
    await there.telegram.close();
  });
});
