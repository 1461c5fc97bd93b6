import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCase } from '#core/cases/read-case.ts';
import { openStore } from '#core/store.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { signed } from '../rehearsal/slack/signed.ts';
import { openSeal } from '../seal.ts';
import { freePort } from '../setup/ports.ts';
import { openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { runCommand, startProgram } from '../test/programs.ts';
import { openUniverse, universeKey } from '../test/universe.ts';

const folder = mkdtempSync(join(tmpdir(), 'punte-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [older, newer] = [universeKey, Buffer.alloc(32, 'another key')];
const under = (key: Uint8Array, old?: Uint8Array) => ({
  ...testPlace().env,
  ANCHOR_DIR: join(folder, 'anchors'),
  ENCRYPTION_KEY: Buffer.from(key).toString('base64'),
  ...(old ? { ENCRYPTION_KEY_OLD: Buffer.from(old).toString('base64') } : {}),
});

describe('npm run rotate-keys', () => {
  it('brings all keys under the new master key; the older one opens nothing any more, the journal verifies (S4)', async () => {
    const u = await openUniverse();
    const ioana = await u.person('coordinator', 'Ioana Marin');
    const one = await u.case(await u.person('beneficiary', 'Elena Popescu'), ioana);
    await u.as(ioana, readCase, { caseId: one.id });
    await u.close();

    expect(await runCommand('rotate-keys', under(newer))).toMatchObject({ code: 1 });
    const rotated = await runCommand('rotate-keys', under(newer, older));
    expect(rotated.said).toMatch(/[1-9]\d* keys were wrapped anew/);
    expect(rotated.code).toBe(0);
    expect(await runCommand('verify-journal', under(newer))).toMatchObject({ code: 0 });
    const refused = await runCommand('verify-journal', under(older));
    expect(refused.code).toBe(1);
    expect(refused.said).not.toContain(Buffer.from(older).toString('base64'));
    expect(await nameOf(ioana.accounts[0]?.key ?? '')).toBe('Ioana Marin');
    expect((await runCommand('rotate-keys', under(newer))).said).toContain('0 keys were wrapped anew');
  }, 90_000);

  it('--index gives what is found by sealed values new digests, and all is still found (S4)', async () => {
    const connection = await connectMongo(testPlace().mongodbUri);
    const people = connection.collection('people');
    const before = await people.findOne({});
    const { code, said } = await runCommand('rotate-keys', under(newer), { args: ['--index'] });
    const after = await people.findOne({});
    await connection.close();
    expect(said).toMatch(/[1-9]\d* rows are found by new digests/);
    expect(code).toBe(0);
    const digests = (row: object | null) =>
      Object.entries(row ?? {}).filter(([name]) => /blind|account/i.test(name) && name !== 'accounts');
    expect(digests(before).length).toBeGreaterThan(0);
    expect(digests(after)).not.toEqual(digests(before));
    expect(await nameOf('1001')).toBe('Ioana Marin');
  }, 90_000);
});

/** As a process finds somebody by their account, under the new key alone. */
async function nameOf(account: string): Promise<string | undefined> {
  const connection = await connectMongo(testPlace().mongodbUri);
  try {
    const store = openStore(connection, await openSeal(connection, masterKeysOf(newer)));
    return (await store.people.withAccount('telegram', account))?.name;
  } finally {
    await connection.close();
  }
}

it('npm run rekey -- --buttons voids every button (F35)', async () => {
  const { code, said } = await runCommand('rekey', under(newer), { args: ['--buttons'] });
  expect(said).toContain('All buttons are void.');
  expect(code).toBe(0);
  const connection = await connectMongo(testPlace().mongodbUri);
  expect(await connection.collection('office').findOne({})).toMatchObject({ epoch: 1 });
  await connection.close();
}, 60_000);

describe('npm run rekey, with Slack over HTTP', () => {
  it('takes new tokens and a new signing secret while the office runs; the old secret is good until its file is emptied (F34) (S8)', async () => {
    const port = await freePort();
    const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
    let ahead = 0;
    const chats = await openBothChats(
      { ana: { name: 'Ана', phone: 7100, language: 'uk' }, ioana: { name: 'Ioana', desk: 'U1IOANA' } },
      { now: () => Date.now() + ahead },
      { eventsUrl },
    );
    const put = (name: string, secret: string): string => {
      writeFileSync(join(folder, name), secret);
      return join(folder, name);
    };
    const { TELEGRAM_BOT_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN: _, ...addresses } = chats.env;
    const firstSecret = 'the-first-signing-secret';
    chats.slack.renew({ botToken: SLACK_BOT_TOKEN, appToken: 'xapp-none', signingSecret: firstSecret });
    const env = {
      ...under(newer),
      ...addresses,
      WAKE: 'none',
      SLACK_PORT: String(port),
      TELEGRAM_BOT_TOKEN_FILE: put('telegram', TELEGRAM_BOT_TOKEN),
      SLACK_BOT_TOKEN_FILE: put('slack-bot', SLACK_BOT_TOKEN),
      SLACK_SIGNING_SECRET_FILE: put('signing', firstSecret),
      SLACK_SIGNING_SECRET_OLD_FILE: put('signing-old', ''),
    };
    const office = await startProgram('infra/main.ts', env);
    try {
      const answered = async (who: 'ana' | 'ioana', text: string) => {
        chats.heard(who);
        chats.says(who, text);
        await expect.poll(() => chats.heard(who).length, { timeout: 30_000, interval: 200 }).toBeGreaterThan(0);
      };
      await expect.poll(() => chats.slack.signed?.verify().catch(() => false), { timeout: 30_000 }).toBe(true);
      await answered('ana', 'Питання до служби');
      await answered('ioana', 'Întrebare pentru serviciu');

      const telegram = `${TELEGRAM_BOT_TOKEN.split(':')[0]}:${'n'.repeat(40)}`;
      const slack = { botToken: 'xoxb-renewed', appToken: 'xapp-none', signingSecret: 'the-second-signing-secret' };
      chats.telegram.renew(telegram);
      chats.slack.renew(slack);
      chats.heard('ioana');
      chats.says('ioana', 'Scris înainte de schimbare');

      const wrong = await runCommand('rekey', env, { args: ['--slack'], typed: ['xoxb-of-nobody'] });
      expect(wrong.code).toBe(1);
      expect(readFileSync(join(folder, 'slack-bot'), 'utf8').trim()).toBe(SLACK_BOT_TOKEN);

      const typed = [telegram, slack.botToken, slack.signingSecret];
      const done = await runCommand('rekey', env, { args: ['--telegram', '--slack'], typed });
      expect(done.said).toContain('Once the chat uses the new secret');
      expect(done.code).toBe(0);
      for (const secret of [...typed, firstSecret, TELEGRAM_BOT_TOKEN]) expect(done.said).not.toContain(secret);
      expect(readFileSync(join(folder, 'signing-old'), 'utf8').trim()).toBe(firstSecret);

      await answered('ana', 'Питання після заміни');
      ahead = 61_000;
      const redelivering = setInterval(() => chats.slack.redeliver(), 500);
      await expect.poll(() => chats.heard('ioana').length, { timeout: 30_000 }).toBeGreaterThan(0);
      clearInterval(redelivering);
      await answered('ioana', 'Scris după schimbare');

      const byTheOld = async () =>
        (await chats.slack.signed?.post(signed(firstSecret, eventsUrl, 'application/json', challenge)))?.status;
      expect(await byTheOld()).toBe(200);
      put('signing-old', '');
      await expect.poll(byTheOld, { timeout: 30_000, interval: 500 }).toBe(401);
      await answered('ioana', 'Scris la urmă');
    } finally {
      await office.kill('SIGKILL');
      await chats.close();
    }
  }, 180_000);
});

const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c' });
