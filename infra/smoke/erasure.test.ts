import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseId, PersonId } from '#core/id.ts';
import { erasedWords } from '#core/seal.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  ioana: { name: 'Ioana Marin', phone: 7001 },
  oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' },
  vera: { name: 'Vera Pop', desk: 'U0VERA' },
} as const;
type Name = keyof typeof people;

let office: TestOffice<Name>;
const ids = {} as Record<Name, PersonId>;
beforeAll(async () => {
  office = await openTestOffice({ people });
  ids.vera = await office.onFile('vera', 'admin');
  ids.ioana = await office.onFile('ioana', 'coordinator');
  ids.oksana = await office.onFile('oksana', 'beneficiary');
  const { store, newId, clock } = office.world;
  await store.cases.insert({
    id: newId<CaseId>(),
    version: 0,
    number: 'C-12',
    placeCode: 'AR-07',
    personId: ids.oksana,
    coordinatorId: ids.ioana,
    technicianIds: [],
    stage: 'monitoring',
    openedAt: clock.wall(),
  });
});
afterAll(() => office.stop());

it('the coordinator asks on the phone, the administrator approves in Slack: what was written to the person leaves their chat, and they are a stranger again (S5)', async () => {
  await office.opens('oksana');
  expect(office.heard('oksana').join('\n')).toContain('Чим допомогти?');
  await office.says('ioana', '📁 Cazurile mele');
  await office.taps('ioana', '1');
  await office.taps('ioana', 'Cer ștergerea datelor');
  await office.says('ioana', 'A cerut în scris, la 20 noiembrie.');
  await office.taps('ioana', 'Trimit');
  expect(office.heard('ioana').at(-1)).toContain('Ștergem numai după al doilea acord');

  const card = office.heard('vera').join('\n');
  expect(card).toContain('Cerere de ștergere a datelor · C-12');
  expect(card).toContain('A cerut în scris');
  await office.taps('vera', 'Aprob ștergerea');
  expect(office.heard('vera').join('\n')).toContain('Nimeni nu le mai poate recupera');
  await office.taps('vera', 'Da, șterg');
  await office.forward(2);

  expect(office.heard('ioana').join('\n')).toContain('C-12: datele sunt șterse');
  expect(office.sees('oksana')).toContain('Ваші дані стерто');
  expect(office.sees('oksana')).not.toContain('Чим допомогти?');
  const { store } = office.world;
  expect(await store.people.must(ids.oksana)).toMatchObject({ name: erasedWords, status: 'left', accounts: [] });
  await office.says('ioana', '📁 Cazurile mele');
  expect(office.heard('ioana').join('\n')).not.toContain('Оксана');
  await office.says('oksana', 'Добрий день');
  expect(office.heard('oksana').join('\n')).toContain('112');
});
