import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Case } from '../cases/case.ts';
import { readCase } from '../cases/read-case.ts';
import type { Person } from '../people/person.ts';
import { chainOf, macOfHead, type StoredRow } from './chain.ts';
import type { Finding } from './finding.ts';
import { type Place, walkSlice } from './walk.ts';

let u: Universe;
let ioana: Person;
let cases: Case[];

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  cases = [];
  for (const name of ['Elena Popescu', 'Oksana Bondar', 'Iryna Koval'])
    cases.push(await u.case(await u.person('beneficiary', name), ioana));
  for (let round = 0; round < 5; round++) for (const { id } of cases) await u.as(ioana, readCase, { caseId: id });
});
beforeEach(() => u.fastForward(1));
afterAll(() => u.close());

/** The whole walk in slices of `limit` lines, as its findings. */
async function walk(limit = 100): Promise<Finding[]> {
  const { store, seal, inTransaction } = u.world;
  const findings: Finding[] = [];
  let place: Place | undefined;
  do {
    const slice = await inTransaction(() => walkSlice({ journal: store.journal, seal }, place, limit));
    findings.push(...slice.findings);
    place = slice.place;
  } while (place);
  return findings;
}
const faults = async (limit?: number) => (await walk(limit)).map(({ fault }) => fault);
const lines = () => u.connection.collection<StoredRow & { _id: string }>('journal');
const heads = () => u.connection.collection<StoredRow & { _id: string }>('journal_heads');
const chainOfCase = (index: number) => `case:${cases[index]?.id}`;

/** What was there before is put back after. */
async function tampered<T>(work: () => Promise<T>): Promise<T> {
  const before = [await lines().find().toArray(), await heads().find().toArray()] as const;
  try {
    return await work();
  } finally {
    await lines().deleteMany({});
    await heads().deleteMany({});
    await lines().insertMany(before[0]);
    if (before[1].length > 0) await heads().insertMany(before[1]);
  }
}

describe('the chain of a journal', () => {
  it('is the case of a line, else its person, else who acted; of what nobody signed the thing itself', () => {
    const about = { kind: 'alert', id: 'a1' };
    expect(chainOf({ caseId: 'c1', about, by: ioana.id })).toBe('case:c1');
    expect(chainOf({ about: { kind: 'person', id: 'p1' }, by: ioana.id })).toBe('person:p1');
    expect(chainOf({ about, by: ioana.id })).toBe(`person:${ioana.id}`);
    expect(chainOf({ about })).toBe('alert:a1');
    expect(chainOf({ about: { kind: 'office', id: 'office' }, by: ioana.id })).toBe('office');
  });

  it('numbers its lines without a gap and verifies whole, in slices of any size', async () => {
    const numbers = (await u.world.store.journal.ofCase(cases[0]?.id ?? '')).map(({ number }) => number);
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    for (const limit of [1, 2, 3, 5, 7, 15, 100]) expect(await walk(limit)).toEqual([]);
  });

  it('two steps on one chain at once both stand in it, one after the other', async () => {
    const caseId = cases[0]?.id as Case['id'];
    await Promise.all(Array.from({ length: 8 }, () => u.as(ioana, readCase, { caseId })));
    expect((await u.world.store.journal.ofCase(caseId)).map(({ number }) => number)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
    expect(await walk()).toEqual([]);
  });

  it('a step without lines touches no head', async () => {
    const before = await heads().find().toArray();
    await u.world.store.journal.add([]);
    expect(await heads().find().toArray()).toEqual(before);
  });

  it('the store of the journal can add, read, and mend a head; nothing in it changes or removes a line', () => {
    const { add, mendHead: _m, rows: _r, heads: _h, ...rest } = u.world.store.journal;
    expect(add).toBeTypeOf('function');
    expect(Object.keys(rest).sort()).toEqual(
      ['about', 'buildIndexes', 'count', 'denied', 'indexes', 'latest', 'name', 'ofCase', 'ofOffice'].sort(),
    );
  });
});

describe('a journal that somebody touched (F37)', () => {
  it('an edited line is found by its chain and number', async () => {
    await tampered(async () => {
      await lines().updateOne({ chain: chainOfCase(1), number: 3 }, { $set: { role: 'admin' } });
      expect(await walk(4)).toMatchObject([{ fault: 'altered', chain: chainOfCase(1), number: 3 }]);
    });
  });

  it('a deleted line is found', async () => {
    await tampered(async () => {
      await lines().deleteOne({ chain: chainOfCase(1), number: 2 });
      expect(await walk(4)).toMatchObject([{ fault: 'missing', chain: chainOfCase(1), number: 2 }]);
    });
  });

  it('a cut tail is found by the head', async () => {
    await tampered(async () => {
      await lines().deleteMany({ chain: chainOfCase(1), number: { $gte: 4 } });
      expect(await walk(4)).toMatchObject([{ fault: 'cut', chain: chainOfCase(1), number: 4 }]);
    });
  });

  it('a chain without any line left is found', async () => {
    await tampered(async () => {
      await lines().deleteMany({ chain: chainOfCase(1) });
      expect(await walk(4)).toMatchObject([{ fault: 'cut', chain: chainOfCase(1), number: 1 }]);
    });
  });

  it('two swapped rows are found, whether their places or their numbers change', async () => {
    await tampered(async () => {
      const swap = async (from: number, to: number) =>
        lines().updateOne({ chain: chainOfCase(1), number: from }, { $set: { number: to } });
      await swap(2, 99);
      await swap(3, 2);
      await swap(99, 3);
      expect((await walk(4)).map(({ fault, number }) => [fault, number])).toEqual([
        ['altered', 2],
        ['altered', 3],
      ]);
    });
  });

  it('a head set back without the key is found, and the work that goes on from it does not hide that', async () => {
    await tampered(async () => {
      const before = await lines().findOne({ chain: chainOfCase(1), number: 3 });
      await lines().deleteMany({ chain: chainOfCase(1), number: { $gt: 3 } });
      await heads().updateOne({ _id: chainOfCase(1) }, { $set: { number: 3, mac: before?.mac } });
      expect(await faults()).toEqual(['head forged']);
      await u.as(ioana, readCase, { caseId: cases[1]?.id as Case['id'] });
      expect(await faults()).toEqual(['head forged']);
    });
  });

  it('a head that was removed is found, also after the work went on', async () => {
    await tampered(async () => {
      await heads().deleteOne({ _id: chainOfCase(1) });
      expect(await faults()).toEqual(['head missing']);
      await u.as(ioana, readCase, { caseId: cases[1]?.id as Case['id'] });
      expect(await faults()).toContain('repeated');
    });
  });

  it('lines that stand in no chain are found, however many', async () => {
    await tampered(async () => {
      const stray = (n: number) => ({ _id: `stray-${n}`, version: 0, at: u.clock.wall(), type: 'case.read' });
      await lines().insertMany([stray(1), stray(2), stray(3), { ...stray(4), chain: 7 } as never]);
      expect(await faults(2)).toEqual(Array(4).fill('no chain'));
    });
  });

  it('any single alteration of any stored line or head is found', async () => {
    const stored = {
      journal: await lines().find().toArray(),
      journal_heads: await heads().find().toArray(),
    };
    const alteration = fc
      .constantFrom<keyof typeof stored>('journal', 'journal_heads')
      .chain((on) => fc.record({ on: fc.constant(on), row: fc.constantFrom(...stored[on]) }))
      .chain(({ on, row }) =>
        fc.record({
          on: fc.constant(on),
          row: fc.constant(row),
          field: fc.constantFrom(...Object.keys(row).filter((name) => name !== '_id'), 'added'),
          how: fc.oneof(
            fc.constant({ is: 'removed' } as const),
            fc.record({
              is: fc.constant('set' as const),
              to: fc.oneof(
                fc.string(),
                fc.integer(),
                fc.boolean(),
                fc.constant(null),
                fc.date({ noInvalidDate: true }),
                fc.record({ $oid: fc.string() }),
                fc.array(fc.integer(), { maxLength: 2 }),
              ),
            }),
          ),
        }),
      );
    await fc.assert(
      fc.asyncProperty(alteration, async ({ on, row, field, how }) => {
        const isSame = how.is === 'removed' ? !(field in row) : JSON.stringify(how.to) === JSON.stringify(row[field]);
        fc.pre(!isSame && !(how.is === 'set' && JSON.stringify(how.to)?.includes('$oid')));
        const collection = u.connection.collection<{ _id: string }>(on);
        const change = how.is === 'removed' ? { $unset: { [field]: '' } } : { $set: { [field]: how.to } };
        await collection.updateOne({ _id: row._id }, change as never);
        const found = await walk(6);
        await collection.replaceOne({ _id: row._id }, row as never);
        expect(found.length, `${on}.${field}`).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect(await walk()).toEqual([]);
  });

  it('a value that another one could be mistaken for has a text of its own', () => {
    const seal = u.world.seal;
    const of = (value: unknown) => macOfHead({ _id: 'a', value }, seal);
    const at = new Date('2026-11-23T06:00:00Z');
    const values = [
      at,
      at.toISOString(),
      at.getTime(),
      `d${at.getTime()}`,
      null,
      undefined,
      'u',
      [],
      {},
      '[]',
      ['a'],
      'a',
    ];
    expect(new Set(values.map(of)).size).toBe(values.length);
  });
});
