import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import type { FileId } from '#core/id.ts';
import { walkSlice } from '#core/journal/walk.ts';
import { sendMessage } from '#core/messages/send-message.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import type { Person } from '#core/people/person.ts';
import { answerErasure } from '#core/privacy/answer-erasure.ts';
import { askForErasure } from '#core/privacy/ask-for-erasure.ts';
import { Erased, erasedWords } from '#core/seal.ts';
import type { World } from '#core/world.ts';
import { makeBackup } from '../backup/backup.ts';
import { backupMac } from '../backup/mac.ts';
import { replayErasures } from '../backup/replay.ts';
import { checkFiles, restore } from '../backup/restore.ts';
import { keysOf } from '../keyring.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { quietWorld } from '../quiet-world.ts';
import { testPlace } from '../test/place.ts';
import { openUniverse, type Universe, universeKey } from '../test/universe.ts';

const masters = masterKeysOf(universeKey);
const mac = backupMac(masters);
const folder = mkdtempSync(join(tmpdir(), 'punte-erased-'));
const file = (name: string) => join(folder, name);

type Helped = { person: Person; one: Case };
let u: Universe;
let admin: Person;
let coordinator: Person;
let technician: Person;
let gone: Helped;
let stays: Helped;
const opened: Connection[] = [];

/** A backup is made; then somebody is erased, as two people approved; then another backup is made. */
beforeAll(async () => {
  u = await openUniverse();
  admin = await u.person('admin', 'Vera Admin');
  coordinator = await u.person('coordinator', 'Ioana Marin');
  technician = await u.person('technician', 'Mihai Rusu', { coordinatorId: coordinator.id });
  gone = await helped('Ганна Коваль', 'povestea care dispare');
  stays = await helped('Iryna Bondar', 'povestea care rămâne');
  await makeBackup(u.connection, file('before'), mac);
  await erase(gone);
  await makeBackup(u.connection, file('after'), mac);
});
afterAll(async () => {
  for (const connection of opened) {
    await connection.dropDatabase();
    await connection.close();
  }
  await u.close();
  rmSync(folder, { recursive: true, force: true });
});

async function helped(name: string, words: string): Promise<Helped> {
  const person = await u.person('beneficiary', name, { phone: '+40740111222' });
  const one = await u.case(person, coordinator, [technician]);
  const said = { words, files: [] as FileId[] };
  expect(await u.as(person, sendMessage, { personId: person.id, said })).toMatchObject({ is: 'done' });
  const written = { caseId: one.id, visitedAt: u.clock.wall(), observed: said, opinion: said, next: said };
  expect(await u.as(technician, submitNote, { kind: 'visit', ...written })).toMatchObject({ is: 'done' });
  return { person, one };
}

async function erase({ person }: Helped): Promise<void> {
  const asked = await u.as(coordinator, askForErasure, { personId: person.id, reason: 'a cerut în scris' });
  if (asked.is === 'refused') throw new Error(asked.phrase.key);
  await u.as(admin, answerErasure, { erasureId: asked.result.id, approves: true });
  const { erasePerson } = await import('../erase-person.ts');
  u.clock.forward(61);
  await erasePerson(
    { world: u.world, connection: u.connection, folders: [folder] },
    {
      id: `erase-${asked.result.id}`,
      version: 0,
      kind: 'erase-person',
      subject: asked.result.id,
      dueAt: u.clock.wall(),
      state: 'waiting',
      attempts: 0,
      setAt: u.clock.wall(),
    },
  );
}

/** The files of a backup brought back into an empty database, by the code of `npm run restore`. */
async function restored(name: string, keys: string | undefined, folders: string[]): Promise<World> {
  const connection = await connectMongo(testPlace().mongodbUri, `${testPlace().databaseName}_${opened.length}`);
  opened.push(connection);
  const files = await checkFiles(file(name), keys && file(keys), mac);
  await restore({
    connection,
    files,
    mac,
    openWorld: () => quietWorld(connection, u.clock, masters),
    replayErasures: replayErasures(folders),
  });
  return quietWorld(connection, u.clock, masters);
}

async function isErased({ store }: World, { person, one }: Helped): Promise<void> {
  expect(await store.people.must(person.id)).toMatchObject({ name: erasedWords, status: 'left', accounts: [] });
  expect(await store.people.withAccount('telegram', person.accounts[0]?.key ?? '')).toBeUndefined();
  expect(await store.people.named(person.name)).not.toContainEqual(expect.objectContaining({ id: person.id }));
  expect(await store.messages.ofPerson(person.id)).toMatchObject([
    { state: 'closed', parts: [{ words: erasedWords }] },
  ]);
  expect(await store.notes.lastOnCase(one.id, {})).toMatchObject([{ observed: { words: erasedWords } }]);
  expect((await store.cases.must(one.id)).stage).toBe('closed');
}

async function isThere({ store }: World, { person, one }: Helped): Promise<void> {
  expect(await store.people.must(person.id)).toMatchObject({ name: person.name, status: 'active' });
  expect((await store.people.withAccount('telegram', person.accounts[0]?.key ?? ''))?.id).toBe(person.id);
  expect((await store.notes.lastOnCase(one.id, {}))[0]?.observed.words).toContain('povestea');
  expect((await store.messages.ofPerson(person.id))[0]?.parts[0]?.words).toContain('povestea');
}

const chainFaults = async ({ store, seal, inTransaction }: World) =>
  (await inTransaction(() => walkSlice({ journal: store.journal, seal }, undefined, 10_000))).findings;

describe('a backup from before an erasure (S5)', () => {
  it('holds them, with keys that open: the erasure is repeated from the list outside before anybody works', async () => {
    const without = await restored('before', undefined, []);
    await isThere(without, gone);
    const world = await restored('before', undefined, [folder]);
    await isErased(world, gone);
    await isThere(world, stays);
    expect(await chainFaults(world)).toEqual([]);
    const living = await keysOf(opened.at(-1) as Connection)
      .find({ wrapped: { $exists: true } })
      .toArray();
    expect(living.map(({ _id }) => _id).join()).not.toContain(gone.person.id);
  });

  it('is unreadable to them by a younger key file, even when the list outside is lost; the others are there', async () => {
    const world = await restored('before', 'after.keys', []);
    const [row] = await (opened.at(-1) as Connection)
      .collection('messages')
      .find({ personId: gone.person.id })
      .toArray();
    const place = { collection: 'messages', id: String(row?._id), field: 'parts' };
    const keys = await world.seal.keysOf([row?.parts]);
    expect(() => world.seal.open(place, row?.parts, keys)).toThrow(Erased);
    expect((await world.store.people.must(gone.person.id)).name).toBe(erasedWords);
    await isThere(world, stays);
  });

  it('a backup from after it holds nothing of them', async () => {
    const world = await restored('after', undefined, []);
    await isErased(world, gone);
    await isThere(world, stays);
    expect(await chainFaults(world)).toEqual([]);
  });
});
