import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigFault } from './config-fault.ts';
import { encryptionKey } from './encryption-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'punte-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = Buffer.alloc(32, 7).toString('base64');
const keyFile = join(folder, 'given.key');
writeFileSync(keyFile, `${key}\n`);
const badKeyFile = join(folder, 'bad.key');
writeFileSync(badKeyFile, 'short');

const telegram = { TELEGRAM_BOT_TOKEN: '123:abc_DEF-1' };
const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
const webhook = { TELEGRAM_WEBHOOK_URL: 'https://a.example/t', TELEGRAM_WEBHOOK_SECRET: 'sixteen_letters_' };
const servers = { MONGODB_URI: 'mongodb://db.example/punte', REDIS_URL: 'redis://redis.example' };
const controller = { DATA_CONTROLLER: 'DAS', DATA_CONTROLLER_CONTACT: 'dpo@das.example' };
const office = { OFFICE_NAME: 'DAS', OFFICE_PHONE: '+40 232 000 000', ...controller };
const complete = { ...servers, ENCRYPTION_KEY: key, ...office };

describe('legal', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'nothing at all is the city',
      {},
      { mode: 'city', telegram: undefined, slack: undefined, wake: 'bullmq', warnings: [] },
    ],
    ['empty is not set', { TELEGRAM_BOT_TOKEN: ' ', CITY_PORT: '' }, { mode: 'city', cityPort: 8080 }],
    [
      'Telegram alone, long polling',
      { ...telegram, ...complete },
      {
        mode: 'live',
        slack: undefined,
        warnings: [],
        telegram: { token: '123:abc_DEF-1', apiRoot: 'https://api.telegram.org', webhook: undefined },
      },
    ],
    [
      'Telegram by webhook',
      { ...telegram, ...webhook, ...complete },
      { telegram: { webhook: { url: 'https://a.example/t', secret: 'sixteen_letters_', port: 8443 } } },
    ],
    [
      'Slack alone, socket mode',
      { ...socket, ...complete },
      { mode: 'live', telegram: undefined, slack: { way: { kind: 'socket', appToken: 'xapp-1' } } },
    ],
    ['Slack over HTTP', { ...http, ...complete }, { slack: { way: { kind: 'http', signingSecret: 's', port: 3000 } } }],
    ['socket mode wins over HTTP', { ...http, ...socket }, { slack: { way: { kind: 'socket', appToken: 'xapp-1' } } }],
    [
      'outside servers without chats',
      complete,
      { mode: 'city', mongodbUri: servers.MONGODB_URI, redisUrl: servers.REDIS_URL },
    ],
    ['a key file', { ...servers, ENCRYPTION_KEY_FILE: keyFile }, { encryptionKeyFile: keyFile }],
    [
      'ports and waking',
      { CITY_PORT: '9000', HEALTH_PORT: '9001', WAKE: 'none', LOG_LEVEL: 'debug' },
      { cityPort: 9000, healthPort: 9001, wake: 'none', logLevel: 'debug' },
    ],
  ])('%s', (_, env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });
});

describe('refused', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a webhook without a secret',
      { ...telegram, TELEGRAM_WEBHOOK_URL: 'https://a.example/t' },
      'needs TELEGRAM_WEBHOOK_SECRET',
    ],
    [
      'a secret without a webhook',
      { ...telegram, TELEGRAM_WEBHOOK_SECRET: 'sixteen_letters_' },
      'TELEGRAM_WEBHOOK_URL is not',
    ],
    ['a webhook without a bot', webhook, 'TELEGRAM_BOT_TOKEN is not'],
    [
      'a short secret',
      { ...telegram, ...webhook, TELEGRAM_WEBHOOK_SECRET: 'short' },
      'TELEGRAM_WEBHOOK_SECRET must be 16',
    ],
    ['a token of another kind', { TELEGRAM_BOT_TOKEN: 'xoxb-1' }, 'TELEGRAM_BOT_TOKEN does not look'],
    ['Slack without a way in', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN needs'],
    ['Slack without its bot token', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is not'],
    [
      'swapped Slack tokens',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      'SLACK_BOT_TOKEN must start with xoxb-',
    ],
    [
      'real chats on an outside database without who answers for the data',
      { ...telegram, ...complete, DATA_CONTROLLER_CONTACT: '' },
      'going live needs DATA_CONTROLLER',
    ],
    ['an outside database without a key', servers, 'MONGODB_URI needs ENCRYPTION_KEY'],
    ['two keys', { ...complete, ENCRYPTION_KEY_FILE: keyFile }, 'one of them'],
    ['a key too short', { ENCRYPTION_KEY: 'c2hvcnQ=' }, 'ENCRYPTION_KEY must be 32'],
    ['a key file with rubbish', { ENCRYPTION_KEY_FILE: badKeyFile }, 'ENCRYPTION_KEY_FILE cannot be read'],
    [
      'a key file that is not there',
      { ENCRYPTION_KEY_FILE: join(folder, 'no.key') },
      'ENCRYPTION_KEY_FILE cannot be read',
    ],
    [
      'a database of another make',
      { MONGODB_URI: 'postgres://x', ENCRYPTION_KEY: key },
      'MONGODB_URI must be an address that starts with mongodb://',
    ],
    ['a port that is none', { CITY_PORT: '70000' }, 'CITY_PORT must be a port'],
    ['an unknown way of waking', { WAKE: 'cron' }, 'WAKE must be bullmq or none'],
  ])('%s', (_, env, words) => {
    expect(() => readConfig(env)).toThrow(words);
  });

  test('all faults at once', () => {
    const env = { TELEGRAM_BOT_TOKEN: 'x', SLACK_APP_TOKEN: 'y', CITY_PORT: 'z', MONGODB_URI: 'mongodb://a' };
    const fault = caught(() => readConfig(env));
    expect(fault.faults).toHaveLength(6);
  });

  test('a fault never repeats a secret', () => {
    const fault = caught(() =>
      readConfig({ TELEGRAM_BOT_TOKEN: 'canary-1', ENCRYPTION_KEY: 'canary-2', MONGODB_URI: 'canary-3' }),
    );
    expect(fault.message).not.toContain('canary');
  });
});

describe('warned of', () => {
  test.each<[string, Record<string, string>, string]>([
    ['real chats on the embedded database', { ...telegram, OFFICE_PHONE: '112' }, 'REAL CHATS'],
    ['no number to call', { ...telegram, ...servers, ENCRYPTION_KEY: key, ...controller }, 'OFFICE_PHONE'],
    ['no name of the office', { ...telegram, ...servers, ENCRYPTION_KEY: key, ...controller }, 'OFFICE_NAME'],
    ['a misspelt name', { TELEGRAM_BOT_TOKN: '1:a' }, 'TELEGRAM_BOT_TOKN'],
  ])('%s', (_, env, words) => {
    expect(readConfig(env).warnings.join()).toContain(words);
  });
});

describe('the key', () => {
  test('with the embedded database it is made once, for this user only', () => {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const made = encryptionKey(config);
    expect(made).toHaveLength(32);
    expect(encryptionKey(config)).toEqual(made);
    expect(statSync(join(config.dataDir, 'encryption.key')).mode & 0o777).toBe(0o600);
  });

  test.each([{ ENCRYPTION_KEY: key }, { ENCRYPTION_KEY_FILE: keyFile }])('it is the given one: %o', (env) => {
    expect(encryptionKey(readConfig({ ...servers, ...env }))).toEqual(Buffer.alloc(32, 7));
  });
});

test('the config cannot be changed', () => {
  const { office } = readConfig({ OFFICE_NAME: 'Iași' });
  expect(() => Object.assign(office, { name: 'x' })).toThrow();
});

function caught(work: () => unknown): ConfigFault {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigFault) return error;
  }
  throw new Error('There was no fault');
}

describe('secrets in files of their own', () => {
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  test('are read, and an old one that is empty or not there means that there is none', () => {
    const config = readConfig({
      TELEGRAM_BOT_TOKEN_FILE: file('token', '123:abc_DEF-1\n'),
      TELEGRAM_WEBHOOK_URL: webhook.TELEGRAM_WEBHOOK_URL,
      TELEGRAM_WEBHOOK_SECRET_FILE: file('secret', 'sixteen_letters_\n'),
      TELEGRAM_WEBHOOK_SECRET_OLD_FILE: join(folder, 'not-there'),
    });
    expect(config.telegram).toMatchObject({ token: '123:abc_DEF-1', webhook: { secret: 'sixteen_letters_' } });
    expect(config.telegram?.webhook?.oldSecret).toBeUndefined();
    expect(config.warnings.join()).not.toContain('misspelt');
  });

  test.each<[Record<string, string>, string]>([
    [{ TELEGRAM_BOT_TOKEN_FILE: join(folder, 'not-there') }, 'TELEGRAM_BOT_TOKEN_FILE cannot be read'],
    [{ ...telegram, TELEGRAM_BOT_TOKEN_FILE: badKeyFile }, 'are both set'],
    [{ ...telegram, ...webhook, TELEGRAM_WEBHOOK_SECRET_OLD: 'short' }, 'must be 16 to 256'],
    [{ ...telegram, TELEGRAM_WEBHOOK_SECRET_OLD: 'sixteen_letters_' }, 'good only beside the new one'],
    [{ ...socket, SLACK_SIGNING_SECRET_OLD: 's' }, 'good only beside the new one'],
  ])('%o is refused', (env, words) => {
    expect(() => readConfig(env)).toThrow(words);
  });
});
