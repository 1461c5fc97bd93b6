import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { readCase } from '#core/cases/read-case.ts';
import { releaseHold } from '#core/office/release-hold.ts';
import type { Person } from '#core/people/person.ts';
import { collectionsOf } from '../backup/backup.ts';
import type { Brake } from '../brake.ts';
import { anchor, anchorPlaces } from '../journal/anchor.ts';
import { makeLog } from '../log.ts';
import { openHold } from '../start-hold.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
let folder: string;
let ioana: Person;
const brakes: Brake[] = [];

beforeEach(async () => {
  u = await openFreshUniverse();
  folder = mkdtempSync(join(tmpdir(), 'anchors-'));
  ioana = await u.person('coordinator', 'Ioana Marin');
  await work();
});
afterEach(async () => {
  for (const brake of brakes.splice(0)) brake.stop();
  await u.close();
  rmSync(folder, { recursive: true });
});

describe('a database that is older than its anchors', () => {
  it('is in hold from its start, as after a restore; two people release it, and then it is not asked again (F38)', async () => {
    await danger();
    await anchors();
    const before = await copy();
    u.clock.forward(60);
    await work();
    await anchors();
    expect((await start()).isOn()).toBe(false);

    await setBackTo(before);
    const brake = await start();
    expect(brake.why()).toEqual([expect.stringContaining('the journal lies behind its anchor')]);
    expect(await u.world.store.outbox.count({ state: { $in: ['pending', 'not_sent', 'attempting'] } })).toBe(0);
    expect((await u.world.store.people.must(ioana.id)).epoch).toBe(101);

    for (const name of ['Vera Pop', 'Dan Rus']) await u.as(await u.person('admin', name), releaseHold, {});
    u.clock.forward(1);
    expect((await start()).isOn()).toBe(false);
    await work();
    await anchors();
    expect((await start()).isOn()).toBe(false);
  });

  it('anchors of another database say nothing about this one', async () => {
    await anchors();
    await u.close();
    u = await openFreshUniverse();
    expect((await start()).isOn()).toBe(false);
  });
});

async function work(): Promise<void> {
  const one = await u.case(await u.person('beneficiary', 'Elena Popescu'), ioana);
  for (let count = 0; count < 3; count++) await u.as(ioana, readCase, { caseId: one.id });
}

async function danger(): Promise<void> {
  const mihai = await u.person('technician', 'Mihai Dobre');
  await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
}

async function anchors(): Promise<void> {
  for (const place of anchorPlaces([folder])) await anchor({ world: u.world, connection: u.connection }, place);
}

async function start(): Promise<Brake> {
  const log = makeLog({ name: 'set-back', level: 'silent' });
  const brake = await openHold({ world: u.world, connection: u.connection, log, anchorFolders: [folder] });
  brakes.push(brake);
  return brake;
}

/** What a tool of MongoDB's own would have kept. */
async function copy(): Promise<Map<string, Document[]>> {
  const kept = new Map<string, Document[]>();
  for (const name of await collectionsOf(u.connection))
    kept.set(name, await u.connection.collection(name).find().toArray());
  return kept;
}

async function setBackTo(kept: Map<string, Document[]>): Promise<void> {
  for (const name of await collectionsOf(u.connection)) {
    await u.connection.collection(name).deleteMany({});
    const documents = kept.get(name) ?? [];
    if (documents.length > 0) await u.connection.collection(name).insertMany(documents);
  }
}
