import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseId, NoteId, PersonId } from '#core/id.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  ioana: { name: 'Ioana Marin', phone: 7001 },
  mihai: { name: 'Mihai Dobre', phone: 7002 },
  oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' },
  dana: { name: 'Dana Ursu', phone: 7004 },
  andrei: { name: 'Andrei Stan', desk: 'U0ANDREI' },
  carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
} as const;
type Name = keyof typeof people;

let office: TestOffice<Name>;
const ids = {} as Record<Name, PersonId>;
beforeAll(async () => {
  office = await openTestOffice({ people });
  ids.ioana = await office.onFile('ioana', 'coordinator');
  ids.mihai = await office.onFile('mihai', 'technician');
  ids.oksana = await office.onFile('oksana', 'beneficiary');
  ids.dana = await office.onFile('dana', 'coordinator');
  ids.andrei = await office.onFile('andrei', 'coordinator');
  ids.carmen = await office.onFile('carmen', 'supervisor');
  await caseWithNote();
});
afterAll(() => office.stop());

const seen = 'La bucătărie este mucegai.';

async function caseWithNote(): Promise<void> {
  const { store, newId, clock } = office.world;
  const now = clock.wall();
  const caseId = newId<CaseId>();
  await store.cases.insert({
    id: caseId,
    version: 0,
    number: 'C-12',
    placeCode: 'AR-07',
    personId: ids.oksana,
    coordinatorId: ids.ioana,
    technicianIds: [ids.mihai],
    stage: 'monitoring',
    openedAt: now,
  });
  const nothing = { words: '', files: [] };
  await store.notes.insert({
    id: newId<NoteId>(),
    version: 0,
    number: 'N-31',
    kind: 'visit',
    caseId,
    writtenBy: ids.mihai,
    coordinatorId: ids.ioana,
    state: 'submitted',
    visitedAt: now,
    dueAt: now,
    submittedAt: now,
    observed: { words: seen, files: [] },
    opinion: nothing,
    next: nothing,
    comments: [],
    additions: [],
    versions: [],
  });
}

const reason = 'Mama sună de la spital, copilul e singur.';
const windows = () => office.desk('andrei').state().modals;

it('Slack: the case opens in a window, not in the talk, and the window is emptied when the hour is over (F36)', async () => {
  await office.desk('andrei').command('/caz', 'C-12');
  await office.settle();
  await office.tapsInWindow('andrei', 'Acces de urgență');
  await office.fills('andrei', { number: 'C-99', reason });
  expect(office.window('andrei')).toContain('Nu există niciun caz cu numărul C-99');
  await office.fills('andrei', { number: 'C-12' });
  expect(office.window('andrei')).toContain('Оксана Кравченко');
  await office.tapsInWindow('andrei', 'Citesc');
  expect(office.window('andrei')).toContain(seen);
  expect(office.sees('andrei')).not.toContain('Оксана');
  expect(office.sees('andrei')).not.toContain(seen);

  await office.forward(61);
  const shown = JSON.stringify(windows());
  expect(shown).toContain('s-a încheiat');
  expect(shown).not.toContain('Оксана');
  expect(shown).not.toContain(seen);
});

it('Telegram: what was opened stands in the talk for the hour, then says that it is over (F36)', async () => {
  await office.opens('dana');
  await office.says('dana', '📁 Cazurile mele');
  await office.taps('dana', 'Acces de urgență');
  await office.says('dana', '12');
  await office.says('dana', reason);
  await office.taps('dana', '👁 Citesc');
  expect(office.sees('dana')).toContain('Оксана Кравченко');
  expect(office.sees('dana')).toContain(seen);

  await office.forward(61);
  expect(office.sees('dana')).toContain('s-a încheiat');
  expect(office.sees('dana')).not.toContain('Оксана');
  expect(office.sees('dana')).not.toContain(seen);
});

it('the reviewer’s word takes the place of the reason in the same window (F36)', async () => {
  await office.opens('carmen');
  await office.tapsAtHome('carmen', 'Citesc');
  expect(office.window('carmen')).toContain('spital');
  await office.tapsInWindow('carmen', 'Era întemeiat');
  expect(office.desk('carmen').state().modals).toHaveLength(1);
  expect(office.window('carmen')).toContain('Am notat');
  expect(office.window('carmen')).not.toContain('spital');
});
