import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import { lanes } from '#core/delivery/outbox.ts';
import { execute, inStep } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import { releaseHold } from '#core/office/release-hold.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { phrase, words } from '#core/phrase.ts';
import type { PersonRole } from '#core/roles.ts';
import type { World } from '#core/world.ts';
import { makeBackup } from '../backup/backup.ts';
import { backupMac } from '../backup/mac.ts';
import { checkFiles, restore } from '../backup/restore.ts';
import { movableClock } from '../clock.ts';
import { faultsOf } from '../health.ts';
import { makeLog } from '../log.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { randomIds } from '../new-id.ts';
import { quietWorld } from '../quiet-world.ts';
import { clockwork } from '../rehearsal/clockwork.ts';
import { openSeal } from '../seal.ts';
import { slackChat, telegramChat } from '../start-chats.ts';
import { openHouse } from '../start-house.ts';
import { type BothChats, openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  dan: { name: 'Dan Rus', phone: 7002 },
  mihai: { name: 'Mihai Dobre', phone: 7003 },
  oksana: { name: 'Оксана Кравченко', phone: 7004, language: 'uk' },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
} as const;
type Name = keyof typeof people;

const masters = masterKeysOf(Buffer.alloc(32, 5));
const mac = backupMac(masters);
const folder = mkdtempSync(join(tmpdir(), 'backup-'));
const clock = movableClock(new Date('2026-11-23T08:00:00Z'), { isFrozen: true });
const log = makeLog({ name: 'restore', level: 'silent' });
let chats: BothChats<Name>;
let before: Awaited<ReturnType<typeof houseOn>>;
let after: Awaited<ReturnType<typeof houseOn>>;
const ids = {} as Record<Name, PersonId>;

beforeAll(async () => {
  chats = await openBothChats(people, { now: () => clock.wall().getTime() });
});
afterAll(async () => {
  await before?.stop();
  await after?.stop();
  await chats.close();
  rmSync(folder, { recursive: true });
});

it('a backup an hour old: not one post from the outbox until two people release it (F38)', async () => {
  const first = await databaseNamed('before');
  const world = await quietWorld(first, clock, masters);
  await enterAll(world);
  // A bot may write only to who began.
  for (const name of ['vera', 'dan', 'mihai', 'oksana'] as const) chats.phone(name).start();
  const { id: alertId } = await danger(world);
  await tell(world, 'oksana', 'Programarea de mâine');
  await tell(world, 'oksana', 'Peste două ore', 120);
  await makeBackup(first, join(folder, 'one'), mac);

  before = await houseOn(first);
  await hears('ioana', 'NEPRELUATĂ');
  await hears('oksana', 'Programarea de mâine');
  await expect.poll(() => before.world.store.mailbox.count({ state: 'waiting' }), { timeout: 10_000 }).toBe(0);
  await before.settle();
  clock.forward(60);
  await before.stop();
  forget();
  const posts = countPosts();

  const second = await databaseNamed('after');
  const files = await checkFiles(join(folder, 'one'), undefined, mac);
  const counts = await restore({
    connection: second,
    files,
    mac,
    openWorld: () => quietWorld(second, clock, masters),
    replayErasures,
  });
  expect(counts).toMatchObject({ people: 5, later: 1 });
  after = await houseOn(second);
  expect((await faultsOf(after.house)).join()).toContain('restored from a backup');
  clock.forward(30);
  await after.settle();
  await chats.taps('ioana', 'Preiau');
  chats.phone('oksana').says('Ви тут?');
  await hears('oksana', '112');
  await after.settle();
  await expect.poll(() => heard('ioana'), { timeout: 10_000 }).toContain('112');
  expect(countPosts()).toBe(posts + 2);
  expect(await after.world.store.outbox.count({ state: { $in: ['attempting', 'sent'] } })).toBe(0);

  await sign('vera');
  await after.settle();
  expect(countPosts()).toBe(posts + 2);
  await sign('dan');
  await expect.poll(async () => (await faultsOf(after.house)).join(), { timeout: 5000 }).not.toContain('hold');
  await hears('ioana', 'NEPRELUATĂ');
  await hears('mihai', 'copie de rezervă');
  expect((await after.world.store.alerts.must(alertId)).step).toBeGreaterThan(0);
});

it('what was routine and on its way is not sent again but listed; what is for later still goes (F38)', async () => {
  expect(heard('oksana')).not.toContain('Programarea de mâine');
  const unsure = await after.world.store.outbox.find({ state: 'unknown', outcome: 'restored' });
  const routine = unsure.filter(({ lane }) => lane === lanes.indexOf('routine'));
  expect(routine.map(({ personId }) => personId)).toEqual([ids.oksana]);
  clock.forward(60);
  await hears('oksana', 'Peste două ore');
});

it('a button of before the restore takes nothing, a fresh one does (F38)', async () => {
  const [alert] = await after.world.store.alerts.find({});
  expect(alert).toMatchObject({ state: 'open' });
  await hears('ioana', 'Butonul acesta este vechi');
  // The card with its fresh button is a message of its own, after the words; it may wait for a moment that the standing clock must bring.
  const afterWords = () => {
    clock.forward(0.02);
    return heard('ioana').split('Butonul acesta este vechi').at(-1);
  };
  await expect.poll(afterWords, { timeout: 10_000 }).toContain('Preiau');
  const takes = () => chats.taps('ioana', 'Preiau').then(() => 'taken', String);
  await expect.poll(takes, { timeout: 10_000 }).toBe('taken');
  const owner = async () => {
    // What met another worker waits for a moment that the standing clock must bring.
    clock.forward(0.02);
    return (await after.world.store.alerts.find({}))[0]?.ownerId;
  };
  await expect.poll(owner, { timeout: 10_000 }).toBe(ids.ioana);
});

it('a file that was cut, or that another key made, is not restored', async () => {
  const other = backupMac(masterKeysOf(Buffer.alloc(32, 6)));
  await expect(checkFiles(join(folder, 'one'), undefined, other)).rejects.toThrow('another ENCRYPTION_KEY');
  await expect(checkFiles(join(folder, 'one.keys'), undefined, mac)).rejects.toThrow('holds the keys');
  rmSync(join(folder, 'one.keys'));
  await expect(checkFiles(join(folder, 'one'), undefined, mac)).rejects.toThrow('one.keys is missing');
});

const known = new Map<Name, number>();
const forget = () => {
  for (const name of Object.keys(people) as Name[]) known.set(name, chats.posted(name).length);
};
/** What somebody was told since `forget`. */
const heard = (name: Name): string => chats.posted(name).slice(known.get(name)).join('\n');
const hears = (name: Name, text: string) => expect.poll(() => heard(name), { timeout: 10_000 }).toContain(text);

const replayErasures = async () => 0;

const databaseNamed = (name: string): Promise<Connection> =>
  connectMongo(testPlace().mongodbUri, `${testPlace().databaseName}_${name}`);

async function houseOn(connection: Connection) {
  const { telegram, slack } = chats;
  const house = await openHouse({
    connection,
    seal: await openSeal(connection, masters),
    clock,
    newId: randomIds(),
    redisUrl: undefined,
    prefix: '{restore}',
    sweepMs: 200,
    log,
    isAlone: true,
    chats: async (world) => [
      await telegramChat(world, { token: telegram.token, apiRoot: telegram.url, webhook: undefined }, log),
      await slackChat(
        world,
        { botToken: slack.botToken, apiUrl: slack.apiUrl, way: { kind: 'socket', appToken: slack.appToken } },
        log,
      ),
    ],
  });
  let isStopped = false;
  return {
    house,
    world: house.world,
    settle: () => clockwork(house, clock).settle(),
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await house.stop();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

const roles: Record<Name, PersonRole> = {
  vera: 'admin',
  dan: 'admin',
  mihai: 'technician',
  oksana: 'beneficiary',
  ioana: 'coordinator',
};

async function enterAll({ store, newId }: World): Promise<void> {
  for (const name of Object.keys(people) as Name[]) {
    const one: { name: string; phone?: number; desk?: string } = people[name];
    ids[name] = newId<PersonId>();
    const key = String(one.phone ?? one.desk);
    const person: Person = {
      id: ids[name],
      version: 0,
      role: roles[name],
      name: one.name,
      language: name === 'oksana' ? 'uk' : 'ro',
      isLanguageChosen: true,
      status: 'active',
      epoch: 1,
      hasStopped: false,
      createdAt: clock.wall(),
      accounts: [
        { channel: one.phone ? 'telegram' : 'slack', key, address: key, linkedAt: clock.wall(), isDead: false },
      ],
    };
    await store.people.insert(person);
  }
  await store.office.put({ ...(await store.office.get()), lastResort: [ids.vera, ids.ioana] });
}

async function danger(world: World) {
  const raised = await inStep(world, 'danger', async (step) => {
    const mihai = await step.deps.store.people.must(ids.mihai);
    const actor = await askerFor(mihai, step.deps);
    return execute(step, raiseAlert, { actor, input: { level: 'life', observed: { words: '', files: [] } } });
  });
  if (raised.is === 'refused') throw new Error(raised.phrase.key);
  return raised.result;
}

/** A routine message, due after so many minutes. */
const tell = (world: World, name: Name, text: string, minutes = 0) =>
  inStep(world, `tell:${text}`, async (step) => {
    const person = await step.deps.store.people.must(ids[name]);
    const [account] = person.accounts;
    if (!account) throw new Error('no account');
    const to = { ...account, language: person.language, personId: person.id, epoch: person.epoch };
    const message = { lines: [phrase('general:plain', { text: words(text) })] };
    const at = new Date(clock.wall().getTime() + minutes * 60_000);
    step.tray.rows.push(newRow(step.deps, to, 'routine', { message }, at));
  });

const sign = (name: Name) =>
  inStep(after.world, `sign:${name}`, async (step) => {
    const actor = await askerFor(await step.deps.store.people.must(ids[name]), step.deps);
    return execute(step, releaseHold, { actor, input: {} });
  });

/** Everything that both chats accepted. */
const countPosts = (): number =>
  (Object.keys(people) as Name[]).reduce((sum, name) => sum + chats.posted(name).length, 0);
