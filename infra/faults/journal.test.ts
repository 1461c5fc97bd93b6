import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import { readCase } from '#core/cases/read-case.ts';
import { acceptedIn, notAccepted } from '#core/journal/accepted.ts';
import type { StoredRow } from '#core/journal/chain.ts';
import type { Finding } from '#core/journal/finding.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { acceptFindings } from '../journal/accept.ts';
import { anchor, anchorPlaces } from '../journal/anchor.ts';
import { verifyJournal } from '../journal/verify.ts';
import { makeLog } from '../log.ts';
import { type JournalCare, startJournal } from '../start-journal.ts';
import { noLeases } from '../start-leases.ts';
import { testPlace } from '../test/place.ts';
import { runCommand } from '../test/programs.ts';
import { openFreshUniverse, type Universe, universeKey } from '../test/universe.ts';

type Stored = StoredRow & { _id: string };
let u: Universe;
let folder: string;
let ioana: Person;
let one: Case;

beforeEach(async () => {
  u = await openFreshUniverse();
  folder = mkdtempSync(join(tmpdir(), 'anchors-'));
  ioana = await u.person('coordinator', 'Ioana Marin');
  one = await u.case(await u.person('beneficiary', 'Elena Popescu'), ioana);
  await work(6);
});
afterEach(async () => {
  await u.close();
  rmSync(folder, { recursive: true });
});

async function work(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await u.as(ioana, readCase, { caseId: one.id });
}
const lines = () => u.connection.collection<Stored>('journal');
const heads = () => u.connection.collection<Stored>('journal_heads');
const chain = () => `case:${one.id}`;
const on = () => ({ world: u.world, connection: u.connection });
const place = () => anchorPlaces([folder])[0] as ReturnType<typeof anchorPlaces>[number];
const writeAnchor = () => anchor(on(), place());
const opened = (anchorFolders: string[]) =>
  startJournal({
    ...on(),
    leases: noLeases,
    log: makeLog({ name: 'journal', level: 'silent' }),
    pulse: async () => {},
    anchorFolders,
    isOn: () => true,
    isOurPart: true,
  });
const theFile = () => join(folder, readdirSync(folder)[0] ?? '');

async function proved(latestFiles?: number): Promise<Finding[]> {
  const wishes = { places: [place()], sliceLines: 4, ...(latestFiles ? { latestFiles } : {}) };
  const found: Finding[] = [];
  for await (const { findings } of verifyJournal(on(), wishes)) found.push(...findings);
  return found;
}

/** The last two lines go, and the head as it was before them is put back: whole in itself. */
async function setBack(to: Stored | null): Promise<void> {
  await lines().deleteMany({ chain: chain(), number: { $gt: Number(to?.number) } });
  await heads().replaceOne({ _id: chain() }, to as Stored);
}

const tamperings: Record<string, () => Promise<unknown>> = {
  'a line is edited': () => lines().updateOne({ chain: chain(), number: 3 }, { $set: { role: 'admin' } }),
  'a line is deleted': () => lines().deleteOne({ chain: chain(), number: 3 }),
  'the tail is cut': () => lines().deleteMany({ chain: chain(), number: { $gte: 5 } }),
  'two lines are swapped': async () => {
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ] as const)
      await lines().updateOne({ chain: chain(), number: from }, { $set: { number: to } });
  },
};

describe('an altered journal is found within 15 minutes (F37) (S6)', () => {
  let care: JournalCare;
  beforeEach(async () => {
    care = await opened([folder]);
    await expect.poll(care.brokenAt, { timeout: 20_000 }).toBe(null);
  });
  afterEach(() => care.stop());

  it.each(Object.keys(tamperings))('%s', async (name) => {
    await tamperings[name]?.();
    u.clock.forward(15);
    await expect.poll(care.faults, { timeout: 20_000 }).not.toEqual([]);
    expect((await care.faults()).join()).toMatch(/^the journal does not verify: case:[0-9a-f]{24}, number [2-5]: /);
    expect(await care.brokenAt()).toBeGreaterThan(1);
  });

  it('the tail is cut and the head set back to what it was: only the anchor knows', async () => {
    const before = await heads().findOne({ _id: chain() });
    await work(2);
    u.clock.forward(15);
    await expect.poll(() => readFileSync(theFile(), 'utf8'), { timeout: 20_000 }).toContain(`["${chain()}",8,`);
    await setBack(before);
    u.clock.forward(15);
    await expect
      .poll(care.faults, { timeout: 20_000 })
      .toEqual([expect.stringContaining(`${chain()}, number 8: the line is not the one that the anchor file knows`)]);
  });

  it('at the end a last anchor is written', async () => {
    await work(1);
    await care.stop();
    expect(readFileSync(theFile(), 'utf8').trim().split('\n').at(-1)).toContain(`["${chain()}",7,`);
  });
});

describe('the anchor file', () => {
  it('holds the heads that moved since the last record, as JSON lines for its owner only', async () => {
    u.clock.forward(3);
    await writeAnchor();
    u.clock.forward(15);
    await writeAnchor();
    await work(1);
    await writeAnchor();
    const records = readFileSync(theFile(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ number, heads: there }) => [number, there.map(([, at]: [string, number]) => at)])).toEqual([
      [1, [6]],
      [2, []],
      [3, [7]],
    ]);
    expect(statSync(theFile()).mode & 0o777).toBe(0o600);
    expect(await proved()).toEqual([]);
  });

  it('a new month goes on in a new file, a walk of the latest files begins in the middle', async () => {
    await writeAnchor();
    u.clock.forward(40 * 24 * 60);
    await writeAnchor();
    expect(readdirSync(folder).sort()).toEqual(['anchors-2026-11.jsonl', 'anchors-2027-01.jsonl']);
    expect([await proved(), await proved(1)]).toEqual([[], []]);
    rmSync(join(folder, 'anchors-2026-11.jsonl'));
    expect(await proved()).toMatchObject([{ fault: 'anchors cut', chain: 'anchors-1', number: 1 }]);
  });

  it('a second place has anchors of its own; one that cannot be written does not stop the other', async () => {
    await writeAnchor();
    const isNoFolder = theFile();
    const second = join(folder, 'second');
    const care = await opened([isNoFolder, second]);
    await expect.poll(() => existsSync(second) && readdirSync(second).length, { timeout: 20_000 }).toBe(1);
    await care.stop();
  });

  it('a cut, an emptied or a removed file is found by what the database remembers', async () => {
    for (let n = 0; n < 3; n++) await writeAnchor();
    const whole = readFileSync(theFile(), 'utf8');
    for (const kept of [whole.split('\n').slice(0, 2).join('\n'), '', whole.slice(0, -40)]) {
      writeFileSync(theFile(), kept);
      expect((await proved()).length).toBeGreaterThan(0);
    }
  });

  it('a line that a crash left half written is taken away by the next anchor, and nothing is wrong then', async () => {
    await writeAnchor();
    writeFileSync(theFile(), `${readFileSync(theFile(), 'utf8')}{"number":2,"at":`);
    await writeAnchor();
    expect(await proved()).toEqual([]);
  });

  it('any single alteration of it is found', async () => {
    for (let n = 0; n < 3; n++) {
      await work(1);
      await writeAnchor();
    }
    const whole = readFileSync(theFile(), 'utf8');
    const place = fc.record({ at: fc.nat(whole.length - 1), sign: fc.constantFrom('0', 'a', 'Z', '"', ' ', '\n', '') });
    await fc.assert(
      fc.asyncProperty(place, async ({ at, sign }) => {
        const other = whole.slice(0, at) + sign + whole.slice(at + 1);
        fc.pre(JSON.stringify(parsed(other)) !== JSON.stringify(parsed(whole)));
        writeFileSync(theFile(), other);
        expect((await proved()).length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('does not tell when a line without a name was written', async () => {
    await writeAnchor();
    await u.world.store.journal.add([
      {
        id: u.world.newId<string>(),
        version: 0,
        at: u.clock.wall(),
        type: 'feedback.given',
        about: { kind: 'feedback', id: u.world.newId<string>() },
        role: 'beneficiary',
        fields: {},
        chain: 'anonymous',
      },
    ]);
    await writeAnchor();
    await writeAnchor();
    const records = readFileSync(theFile(), 'utf8').trim().split('\n');
    expect(records.join()).not.toContain('"anonymous",');
    expect(new Set(records.map((line) => JSON.parse(line).anonymous.length)).size).toBe(1);
    expect(await proved()).toEqual([]);
    const before = await heads().findOne({ _id: 'anonymous' });
    await heads().deleteOne({ _id: before?._id as string });
    await lines().deleteMany({ chain: 'anonymous' });
    expect(await proved()).toMatchObject([
      { fault: 'not as anchored', chain: 'anonymous', number: 1 },
      { fault: 'not as anchored', chain: 'anonymous', number: 1 },
    ]);
  });
});

const parsed = (file: string) =>
  file
    .trimEnd()
    .split('\n')
    .map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        return line;
      }
    });

describe('what was found and looked into (F37)', () => {
  let care: JournalCare;
  let admins: [Person, Person];
  beforeEach(async () => {
    admins = [await u.person('admin', 'Ana Pop'), await u.person('admin', 'Dan Rus')];
    care = await opened([folder]);
    await expect.poll(care.brokenAt, { timeout: 20_000 }).toBe(null);
  });
  afterEach(() => care.stop());

  const sign = async (admin: Person, findings?: Finding[]) => {
    const actor = await askerFor(admin, { store: u.world.store, now: u.clock.wall() });
    const found = findings ?? (await proved());
    return (await acceptFindings(u.world, found, 'repair', actor)).map(({ became }) => became);
  };
  const walked = async () => {
    u.clock.forward(15);
    await expect.poll(care.faults, { timeout: 20_000 }).not.toEqual([]);
  };

  it('two administrators accept it: green from then on, also after the next walk; another change there is red again', async () => {
    await tamperings['a line is edited']?.();
    await walked();
    expect(await sign(admins[0])).toEqual(['signed']);
    expect(await sign(admins[0])).toEqual(['signed before']);
    expect(await care.faults()).toHaveLength(1);
    expect(await sign(admins[1])).toEqual(['accepted']);
    expect(await care.faults()).toEqual([]);
    await expect.poll(care.brokenAt, { timeout: 20_000 }).toBe(null);
    expect(await proved()).toMatchObject([{ fault: 'altered', chain: chain(), number: 3 }]);
    expect(await acceptedIn(u.world.store.journal)).toMatchObject([{ chain: chain(), number: 3, because: 'repair' }]);

    await lines().updateOne({ chain: chain(), number: 3 }, { $set: { role: 'supervisor' } });
    await walked();
    expect((await care.faults()).join()).toContain('number 3: the line was altered');
    await lines().updateOne({ chain: chain(), number: 3 }, { $set: { role: 'admin' } });
    await lines().updateOne({ chain: chain(), number: 5 }, { $set: { role: 'admin' } });
    u.clock.forward(15);
    await expect
      .poll(care.faults, { timeout: 20_000 })
      .toEqual([expect.stringContaining('number 5: the line was altered')]);
  });

  it('a gap that was accepted stays so while the work goes on; a wider one is found', async () => {
    await tamperings['the tail is cut']?.();
    for (const admin of admins) await sign(admin);
    await work(2);
    const accepted = await acceptedIn(u.world.store.journal);
    expect((await proved()).map(({ fault, number }) => [fault, number])).toEqual([
      ['missing', 5],
      ['not as anchored', 6],
    ]);
    expect(notAccepted(await proved(), accepted)).toEqual([]);
    await lines().deleteOne({ chain: chain(), number: 7 });
    expect(notAccepted(await proved(), accepted)).toMatchObject([{ fault: 'missing', number: 5 }]);
  });

  it('a false head is mended with it, and a head that is forged again is found again', async () => {
    const forge = () => heads().updateOne({ _id: chain() }, { $set: { mac: 'x' } });
    await forge();
    expect(await sign(admins[0])).toContain('signed');
    await work(1);
    const moved = (await proved()).filter(({ fault }) => fault === 'moved');
    expect(await sign(admins[1])).toContain('accepted');
    const accepted = await acceptedIn(u.world.store.journal);
    expect((await proved()).filter(({ fault }) => fault !== 'moved')).toEqual([]);
    await work(2);
    expect((await proved()).filter(({ fault }) => fault !== 'moved')).toEqual([]);
    expect(moved).toHaveLength(1);
    await forge();
    expect(notAccepted(await proved(), accepted).map(({ fault }) => fault)).toContain('head forged');
    for (const admin of admins) await sign(admin);
    expect((await proved()).map(({ fault }) => fault)).not.toContain('head forged');
  });

  it('nobody accepts alone: not by a changed line, not without the right', async () => {
    await tamperings['a line is edited']?.();
    await sign(admins[0]);
    await lines().updateOne({ type: 'journal.findingSigned' }, { $set: { type: 'journal.findingAccepted' } });
    expect(await acceptedIn(u.world.store.journal)).toEqual([]);
    expect((await proved()).map(({ chain: where }) => where)).toContain('office');
    await expect(sign(ioana)).rejects.toThrow('refused');
  });
});

describe('lines from before the journal was a chain', () => {
  const old = (n: number) => ({ _id: `old-${n}`, version: 0, at: u.clock.wall(), type: 'case.read' });
  it('are told once, as many as there were; one more is a finding (F37)', { timeout: 60_000 }, async () => {
    await lines().insertMany([old(1), old(2), old(3)]);
    const care = await opened([folder]);
    await expect.poll(care.brokenAt, { timeout: 20_000 }).toBe(null);
    await care.stop();
    expect(await proved()).toEqual([]);
    const { code, said } = await command();
    expect(code).toBe(0);
    expect(said).toContain(
      '3 lines are from before the chain, which begins with line 4 of the journal; noted on 2026-',
    );

    await lines().insertOne(old(4));
    expect(await proved()).toMatchObject([{ fault: 'no chain', chain: 'no-chain', number: 4 }]);
    await lines().deleteOne({ _id: 'old-1' });
    expect(await proved()).toMatchObject([{ fault: 'no chain', chain: 'no-chain', number: 3 }]);
  });
});

describe('npm run verify-journal', () => {
  it('--accept takes two administrators, tells what was accepted and ends well (F37)', {
    timeout: 90_000,
  }, async () => {
    const accounts = [];
    for (const name of ['Ana Pop', 'Dan Rus']) accounts.push((await u.person('admin', name)).accounts[0]?.key);
    await lines().deleteOne({ chain: chain(), number: 3 });
    const accept = (as: string) => command('--accept', `${chain()}#3`, '--because', 'repair', '--as', as);
    expect(await accept('telegram:999')).toMatchObject({ code: 1, said: expect.stringContaining('no administrator') });
    const first = await accept(`telegram:${accounts[0]}`);
    expect(first).toMatchObject({ code: 1, said: expect.stringContaining('number 3: signed; it is accepted with') });
    const second = await accept(`telegram:${accounts[1]}`);
    expect(second).toMatchObject({
      code: 0,
      said: expect.stringContaining('number 3: accepted by two administrators'),
    });
    expect(second.said).toContain('The journal verifies, but for what was accepted.');
    await lines().deleteOne({ chain: chain(), number: 5 });
    expect(await command()).toMatchObject({ code: 1, said: expect.stringContaining('number 5: the line is missing') });
  });

  it('says that all is well; then what is not, in words and with exit code 1 (F37)', { timeout: 60_000 }, async () => {
    await writeAnchor();
    expect(await command()).toMatchObject({ code: 0, said: expect.stringContaining('The journal verifies.') });
    await lines().deleteOne({ chain: chain(), number: 6 });
    const { code, said } = await command();
    expect(code).toBe(1);
    expect(said).toContain(
      `${chain()}, number 6: the end of the chain is missing from this line on; all was well until`,
    );
    expect(said).toContain(`${chain()}, number 6: the line is not the one that the anchor file knows`);
    expect(said).not.toContain('Elena');
  });
});

const command = (...args: string[]) =>
  runCommand(
    'verify-journal',
    { ...testPlace().env, ENCRYPTION_KEY: universeKey.toString('base64'), ANCHOR_DIR: folder },
    { args },
  );
