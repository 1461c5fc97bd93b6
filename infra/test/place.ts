import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** A place of its own for each test file: a fresh database and a fresh BullMQ prefix on the shared test servers. */
export type TestPlace = {
  readonly mongodbUri: string;
  readonly databaseName: string;
  readonly redisUrl: string;
  readonly prefix: string;
  /** The same as environment variables, for `readConfig` or a child process; with a fixed key and no waking. */
  readonly env: Readonly<Record<string, string>>;
};

const name = `t${randomBytes(8).toString('hex')}`;

/** The place of this test file; every call in one file gives the same. */
export function testPlace(): TestPlace {
  const mongodbUri = withDatabase(inject('mongodbUri'), name);
  const redisUrl = inject('redisUrl');
  const env = {
    NODE_ENV: 'test',
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
    ENCRYPTION_KEY: Buffer.alloc(32, 'test-key').toString('base64'),
    DATA_CONTROLLER: 'DAS Arad',
    DATA_CONTROLLER_CONTACT: 'date@das-arad.example',
    WAKE: 'none',
    LOG_LEVEL: 'warn',
  };
  return { mongodbUri, databaseName: name, redisUrl, prefix: `{${name}}`, env };
}

function withDatabase(uri: string, database: string): string {
  const address = new URL(uri);
  address.pathname = `/${database}`;
  return address.toString();
}
