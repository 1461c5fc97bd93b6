import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { askForErasure } from './ask-for-erasure.ts';

let u: Universe;
let ioana: Person;
let victoria: Person;
let mihai: Person;

beforeAll(async () => {
  u = await openUniverse();
  victoria = await u.person('supervisor', 'Victoria Pop');
  ioana = await u.person('coordinator', 'Ioana Marin');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  const elena = await u.person('beneficiary', 'Elena Popescu', { coordinatorId: ioana.id });
  await u.case(elena, ioana, [mihai]);
  await u.as(ioana, askForErasure, { personId: elena.id, reason: 'A cerut în scris.' });
});
afterAll(() => u.close());

const answersAtHome = async (person: Person) =>
  buttonsIn((await talk(u, person).taps('home')).messages)
    .map(({ action }) => action)
    .filter((action) => action.startsWith('erasure.'));

it('an erasure that waits stands at home for who may answer it, and for nobody else', async () => {
  expect(await answersAtHome(victoria)).toEqual(['erasure.approve', 'erasure.decline']);
  expect(await answersAtHome(ioana)).toEqual([]);
  expect(await answersAtHome(mihai)).toEqual([]);
});

it('says there neither the name nor the reason, and is gone once it is answered', async () => {
  const home = await talk(u, victoria).taps('home');
  expect(JSON.stringify(home)).not.toMatch(/Elena|în scris/);
  await talk(u, victoria).presses(home, 'privacy:button.eraseDecline');
  expect(await answersAtHome(victoria)).toEqual([]);
});
