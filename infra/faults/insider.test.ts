import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import type { CaseId, PersonId } from '#core/id.ts';
import { walkSlice } from '#core/journal/walk.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  ioana: { name: 'Ioana Marin', phone: 7002 },
  andrei: { name: 'Andrei Stan', phone: 7003 },
  victoria: { name: 'Victoria Pop', desk: 'U0VICTORIA' },
  mihai: { name: 'Mihai Dobre', phone: 7004 },
} as const;
type Name = keyof typeof people;

const reason = 'Mama sună de la spital, copilul e singur acasă.';
let office: TestOffice<Name>;
let one: Case;
const ids = {} as Record<Name, PersonId>;

beforeAll(async () => {
  office = await openTestOffice({ people });
  for (const [id, role] of [
    ['vera', 'admin'],
    ['victoria', 'supervisor'],
    ['ioana', 'coordinator'],
    ['andrei', 'coordinator'],
    ['mihai', 'technician'],
  ] as const)
    ids[id] = await office.joins(role, id, id === 'mihai' ? ids.ioana : undefined);
  one = await openCase();
}, 60_000);
afterAll(() => office.stop());

/** A case of Ioana and Mihai, which they have seen. */
async function openCase(): Promise<Case> {
  const { store, newId, clock } = office.world;
  const personId = newId<PersonId>();
  await store.people.insert({
    id: personId,
    version: 0,
    role: 'beneficiary',
    name: 'Elena Popescu',
    language: 'ro',
    isLanguageChosen: true,
    status: 'active',
    accounts: [],
    epoch: 1,
    hasStopped: false,
    createdAt: clock.wall(),
  });
  const fresh: Case = {
    id: newId<CaseId>(),
    version: 0,
    number: 'C-77',
    placeCode: 'AR-07',
    personId,
    coordinatorId: ids.ioana,
    technicianIds: [ids.mihai],
    stage: 'monitoring',
    openedAt: clock.wall(),
  };
  await store.cases.insert(fresh);
  return fresh;
}

const lines = async (type: string) =>
  (await office.world.store.journal.ofCase(one.id)).filter((line) => line.type === type);
const forget = () => (Object.keys(people) as Name[]).forEach((id) => void office.heard(id));

describe('an insider browses: denied, logged, told (F36)', () => {
  it('the case went to somebody else: its old buttons open it no more, the third try is told to the supervisor', async () => {
    for (const id of ['ioana', 'mihai'] as const) {
      await office.says(id, '📁 Cazurile mele');
      await office.taps(id, 'Detalii');
      expect(office.heard(id).join('\n')).toContain('Elena Popescu');
    }
    await office.world.store.cases.save({
      ...(await office.world.store.cases.must(one.id)),
      ...{ coordinatorId: ids.andrei, technicianIds: [] },
    });
    forget();
    for (const minutes of [0, 20, 20]) {
      expect(office.heard('victoria')).toEqual([]);
      await office.forward(minutes);
      await office.taps('mihai', 'Detalii');
    }
    const heard = office.heard('mihai').join('\n');
    expect(heard).toContain('Andrei Stan');
    expect(heard).not.toContain('Elena');
    expect(heard).not.toContain('Acces de urgență');
    const told = office.heard('victoria').join('\n');
    expect(told).toContain('Cine: Mihai Dobre. Într-o oră: 3. Ultimul caz: C-77.');
    expect(told).not.toContain('Elena');
    expect((await lines('case.denied')).map(({ by }) => by)).toEqual([ids.mihai, ids.mihai, ids.mihai]);
  });

  it('a coordinator who cannot wait opens it with a reason for an hour: the supervisor hears now, reads why, says what it was', async () => {
    forget();
    await office.taps('ioana', 'Detalii');
    expect(office.heard('ioana').join('\n')).not.toContain('Elena');
    await office.taps('ioana', 'Acces de urgență');
    await office.says('ioana', 'urgent');
    expect(office.heard('ioana').join('\n')).toContain('Spuneți motivul într-o propoziție');
    expect(await lines('case.read')).toHaveLength(2);

    await office.taps('ioana', 'Acces de urgență');
    await office.says('ioana', reason);
    const opened = office.heard('ioana').join('\n');
    expect(opened).toContain('Aveți acces la cazul C-77');
    expect(opened).toContain('Elena Popescu');
    expect((await lines('case.read')).at(-1)).toMatchObject({ by: ids.ioana, reason: 'break-glass' });

    const told = office.heard('victoria').join('\n');
    expect(told).toContain('Acces de urgență la cazul C-77');
    expect(told).toContain('Ioana Marin');
    expect(told).not.toMatch(/Elena|spital/);
    await office.taps('victoria', 'Citesc');
    expect(office.window('victoria')).toContain('spital');
    expect((await lines('glass.read')).map(({ by }) => by)).toEqual([ids.victoria]);
    await office.taps('victoria', 'De discutat');
    await office.forward(0);
    expect(office.heard('ioana').join('\n')).toContain('este de discutat');
  });

  it('an hour later it is shut again, for the card that was opened, too', async () => {
    await office.forward(60);
    forget();
    await office.taps('ioana', 'Detalii');
    expect(office.heard('ioana').join('\n')).not.toContain('Elena');
    expect((await lines('case.denied')).at(-1)).toMatchObject({ by: ids.ioana });
  });

  it('nobody was told a name, the reason stands in no clear row, the journal verifies', async () => {
    const { store, seal, inTransaction } = office.world;
    const { findings, lines: walked } = await inTransaction(() =>
      walkSlice({ journal: store.journal, seal }, undefined, 10_000),
    );
    expect(findings).toEqual([]);
    expect(walked).toBeGreaterThan(10);
    expect(JSON.stringify(await store.journal.latest(1000))).not.toMatch(/spital|Elena/);
  });
});
