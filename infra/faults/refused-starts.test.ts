import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMongo } from '../mongo.ts';
import { prepareDatabase } from '../schema/prepare.ts';
import { freePort } from '../setup/ports.ts';
import { findProgram } from '../setup/programs.ts';
import { openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { startProgram } from '../test/programs.ts';
import { openUniverse, universeKey } from '../test/universe.ts';

const folder = mkdtempSync(join(tmpdir(), 'starts-'));
const children: ChildProcess[] = [];
let env: Record<string, string>;
let close: () => Promise<void>;
beforeAll(async () => {
  const chats = await openBothChats({ vera: { name: 'Vera Pop', phone: 7001 } }, { now: () => Date.now() });
  close = () => chats.close();
  env = { ...testPlace().env, ...chats.env, DATA_DIR: join(folder, 'data') };
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a start is refused in one plain sentence', () => {
  it('without a key for an outside database, without a webhook secret, without somebody who answers for the data', async () => {
    await refused({ ENCRYPTION_KEY: '' }, /MONGODB_URI needs ENCRYPTION_KEY/);
    await refused(
      { TELEGRAM_WEBHOOK_URL: 'https://bot.example/telegram', TELEGRAM_WEBHOOK_SECRET: '' },
      /needs TELEGRAM_WEBHOOK_SECRET: without it anybody could speak as Telegram/,
    );
    await refused({ DATA_CONTROLLER: '' }, /going live needs DATA_CONTROLLER and DATA_CONTROLLER_CONTACT/);
  });

  it('on a Redis that throws things away when it is full', async () => {
    const port = await freePort();
    await running('redis-server', ['--port', String(port), '--save', '', '--maxmemory-policy', 'allkeys-lru']);
    const redisUrl = `redis://127.0.0.1:${port}`;
    const redis = new Redis(redisUrl);
    await redis.ping();
    redis.disconnect();
    await refused(
      { REDIS_URL: redisUrl, WAKE: 'bullmq' },
      /maxmemory-policy allkeys-lru\)\. Set maxmemory-policy noeviction/,
    );
  });

  it('on a MongoDB that is no replica set', async () => {
    const port = await freePort();
    await running('mongod', ['--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--dbpath', folder]);
    const uri = `mongodb://127.0.0.1:${port}/punte?directConnection=true`;
    await expect
      .poll(() => connectMongo(uri).then((one) => one.close().then(() => 'up')), { timeout: 20_000 })
      .toBe('up');
    await refused({ MONGODB_URI: uri }, /is no replica set, so nothing can be written together/);
  });

  it('on a database of a newer program, on one that is half restored, and with a key that opens nothing of it (F33)', async () => {
    const u = await openUniverse();
    const ours = { ENCRYPTION_KEY: universeKey.toString('base64') };
    const modules = u.connection.collection<{ _id: string; schema: number }>('modules');
    await modules.insertOne({ _id: 'cases', schema: 7 });
    await refused(ours, /the database holds "cases" in schema 7, this program knows 1: start the newer program/);
    await modules.deleteMany({});
    await modules.insertOne({ _id: 'restore', schema: 1 });
    await refused(ours, /a restore began here and did not end/);
    await modules.deleteMany({});
    await refused({ ENCRYPTION_KEY: Buffer.alloc(32, 99).toString('base64') }, /encryption key/);
    await u.close();
  });

  it('where a unique index is missing: two entries in its way, or others at work who must not be disturbed', async () => {
    const u = await openUniverse();
    const invitations = u.connection.collection<{ _id: string; codeDigest: string }>('invitations');
    const wait = { connection: u.connection, store: u.world.store, isAlone: false, patienceMs: 300 };
    await invitations.dropIndex('codeDigest_1');
    await u.connection
      .collection<{ _id: string }>('leases')
      .insertOne({ _id: 'x', until: new Date(Date.now() + 60_000) } as never);
    await expect(prepareDatabase(wait)).rejects.toThrow('Unique indexes are missing: invitations: codeDigest');
    await u.connection.collection('leases').deleteMany({});
    await invitations.insertMany([
      { _id: 'a', codeDigest: 'same' },
      { _id: 'b', codeDigest: 'same' },
    ]);
    await expect(prepareDatabase(wait)).rejects.toThrow('Two entries have the same key');
    await invitations.deleteMany({});
    await prepareDatabase(wait);
    await u.close();
  });
});

async function refused(change: Record<string, string>, sentence: RegExp): Promise<void> {
  const program = await startProgram('infra/main.ts', { ...env, ...change });
  children.push(program.child);
  expect(await program.ended()).toBe(1);
  expect(program.said()).toMatch(sentence);
  expect(program.said()).not.toMatch(/^ +at /m);
}

async function running(name: 'mongod' | 'redis-server', args: string[]): Promise<void> {
  const { path, env: more } = findProgram(name);
  const child = spawn(path, args, { env: { ...process.env, ...more }, stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
}
