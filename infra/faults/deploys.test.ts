import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMinutes } from '#core/time.ts';
import { connectMongo } from '../mongo.ts';
import { modulesOf } from '../schema/modules.ts';
import { type BothChats, openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { type Program, startProgram } from '../test/programs.ts';

const people = { oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' } } as const;

const folder = mkdtempSync(join(tmpdir(), 'deploys-'));
const running: Program[] = [];
const restoredUri = () => {
  const uri = new URL(testPlace().mongodbUri);
  uri.pathname = `${uri.pathname}_restored`;
  return uri.toString();
};
let chats: BothChats<keyof typeof people>;
let env: Record<string, string>;
let connection: Connection;
beforeAll(async () => {
  chats = await openBothChats(people, { now: () => Date.now() });
  env = { ...testPlace().env, ...chats.env, WAKE: 'none', SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', DATA_DIR: folder };
  connection = await connectMongo(testPlace().mongodbUri);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.kill('SIGKILL')));
  await chats.close();
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('deploys', () => {
  it('two restarts in the middle of a talk lose nothing and say nothing twice (R14)', async () => {
    let office = await start();
    await ready(office);
    chats.phone('oksana').start();
    await hears('112');
    for (let count = 1; count <= 2; count++) {
      chats.phone('oksana').says(`/nope${count}`);
      expect(await office.kill('SIGTERM')).toBe(0);
      chats.phone('oksana').says(`/nope${count}b`);
      office = await start();
      await ready(office);
    }
    await expect.poll(() => said('не зрозуміла').length, { timeout: 20_000 }).toBe(4);
    expect(await connection.collection('mailbox').countDocuments({ state: { $ne: 'done' } })).toBe(0);
    expect(await office.kill('SIGTERM')).toBe(0);
  }, 60_000);

  it('a newer schema stops an older worker while it runs; what people write is kept and done when it fits again (F33) (R14)', async () => {
    const office = await start();
    await ready(office);
    await modulesOf(connection).updateOne({ _id: 'cases' }, { $set: { schema: 2 } }, { upsert: true });
    await expect.poll(() => faults(office), { timeout: 10_000 }).toContain('in schema 2, this program knows 1');
    const before = chats.posted('oksana').length;
    chats.phone('oksana').says('/nope3');
    await expect.poll(() => chats.posted('oksana').length, { timeout: 10_000 }).toBe(before + 1);
    expect(chats.posted('oksana').at(-1)).toContain('112');
    expect(await connection.collection('mailbox').countDocuments({ state: 'waiting' })).toBe(1);
    const outbox = await connection.collection('outbox').countDocuments();

    await modulesOf(connection).updateOne({ _id: 'cases' }, { $set: { schema: 1 } });
    await expect.poll(() => connection.collection('outbox').countDocuments(), { timeout: 10_000 }).toBe(outbox + 1);
    expect(await office.kill('SIGTERM')).toBe(0);
  }, 60_000);
});

describe('a backup brought back by the commands', () => {
  it('12,000 documents: hold, and not one post from the outbox before two people release it (R15) (F38)', async () => {
    await fill(12_000);
    const file = join(folder, 'copy.backup');
    const written = await command('backup', env, '--to', file);
    expect(written).toMatch(/\d+ documents, \d+ kB[\s\S]*wrapped keys/);
    const there = { ...env, MONGODB_URI: restoredUri() };
    const restored = await command('restore', there, '--from', file);
    expect(restored).toContain('The office is in HOLD');
    console.log(/Restored: .*/.exec(restored)?.[0]);
    expect(await command('restore', there, '--from', file)).toContain('The database is not empty');

    const before = chats.posted('oksana').length;
    const office = await start(there);
    await expect.poll(() => faults(office), { timeout: 20_000 }).toContain('restored from a backup');
    chats.phone('oksana').says('Ви тут?');
    await expect.poll(() => chats.posted('oksana').length, { timeout: 10_000 }).toBe(before + 1);
    const after = await connectMongo(there.MONGODB_URI);
    const onTheirWay = { state: 'unknown', outcome: 'restored' };
    expect(await after.collection('outbox').countDocuments(onTheirWay)).toBeGreaterThan(0);
    expect(await after.collection('outbox').countDocuments({ state: { $in: ['pending', 'attempting'] } })).toBe(0);

    const [first, second] = [await code(there, 'Vera Pop'), await code(there, 'Dan Rus')];
    expect(await command('hold', there, '--release', '--as', first)).toContain('1 more signature');
    expect(await command('hold', there, '--release', '--as', first)).toContain('has signed before');
    expect(await command('hold', there, '--status')).toContain('1 of 2 signatures');
    expect(chats.posted('oksana').length).toBe(before + 1);
    expect(await command('hold', there, '--release', '--as', second)).toContain('Released');
    await expect.poll(() => chats.posted('oksana').length, { timeout: 15_000 }).toBeGreaterThan(before + 1);
    expect(await office.kill('SIGTERM')).toBe(0);
    await after.dropDatabase();
    await after.close();
  }, 120_000);
});

/** Journal-sized rows that no worker takes up, and one message that was on its way. */
async function fill(count: number): Promise<void> {
  const many = Array.from({ length: count }, (_, number) => ({
    _id: `done-${number}`,
    version: 0,
    kind: 'remind-message',
    subject: 'x'.repeat(200),
    dueAt: new Date(),
    state: 'done',
    attempts: 0,
    setAt: new Date(),
  }));
  await connection.collection<{ _id: string }>('timers').insertMany(many as never);
  const sent = await connection.collection('outbox').findOne({ method: 'send', state: 'sent' });
  const { _id, ...row } = sent ?? {};
  await connection
    .collection('outbox')
    .insertOne({ ...row, _id: 'on-its-way' as never, state: 'not_sent', dueAt: addMinutes(new Date(), -1) });
}

async function start(change: Record<string, string> = env): Promise<Program> {
  const program = await startProgram('infra/main.ts', change);
  running.push(program);
  return program;
}

async function command(name: string, settings: Record<string, string>, ...args: string[]): Promise<string> {
  const program = await startProgram(`infra/cli/${name}.ts`, settings, ...args);
  await program.ended();
  return program.said();
}

async function code(settings: Record<string, string>, name: string): Promise<string> {
  const said = await command('invite', settings, '--role', 'admin', '--name', name);
  return /\?start=(\w{10})/.exec(said)?.[1] ?? said;
}

const said = (words: string) => chats.posted('oksana').filter((text) => text.includes(words));
const hears = (words: string) =>
  expect.poll(() => chats.posted('oksana').join('\n'), { timeout: 20_000 }).toContain(words);
const faults = (office: Program): Promise<string> =>
  fetch(`http://127.0.0.1:${office.healthPort}/ready`).then(
    (answer) => answer.text(),
    () => '',
  );
const ready = (office: Program) =>
  expect.poll(async () => (await faults(office)) + office.said(), { timeout: 30_000 }).toContain('faults');
