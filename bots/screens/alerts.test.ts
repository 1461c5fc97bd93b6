import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';

let u: Universe;
let mihai: Person;
let ioana: Person;
let andrei: Person;
let oksana: Person;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Шевченко', { coordinatorId: ioana.id });
  const one = await u.case(oksana, ioana, [mihai]);
  await u.as(mihai, raiseAlert, { caseId: one.id, level: 'abuse', observed: { words: 'Vânătăi.', files: [] } });
});
afterAll(() => u.close());

describe('"Open alerts" of the menu', () => {
  it('lists the open alerts with what can be done now', async () => {
    const { messages } = await talk(u, ioana).taps('alert.list');
    expect(messages[0]?.sections?.map(({ count }) => count)).toEqual([1]);
    expect(buttonsIn(messages).map(({ action }) => action)).toEqual(['home', 'alert.take', 'alert.show']);
    expect(JSON.stringify(messages)).not.toContain('Шевченко');
  });

  it('says so when none is open for this person', async () => {
    expect(keysIn(await talk(u, andrei).taps('alert.list'))).toEqual(['home:section.noAlerts']);
  });

  it('shows a beneficiary no list of staff', async () => {
    expect(keysIn(await talk(u, oksana).taps('alert.list'))).toEqual(['work:notHere']);
  });
});
