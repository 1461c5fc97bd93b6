import { afterAll, beforeAll, expect, it } from 'vitest';
import { setDuty } from '#core/duty/set-duty.ts';
import { execute, inStep } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import { addMinutes, fromLocal, isWorkingDay, toLocal } from '#core/time.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  andrei: { name: 'Andrei Stan', phone: 7002 },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
  carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
} as const;
type Name = keyof typeof people;

let office: TestOffice<Name>;
const ids = {} as Record<Name, PersonId>;
beforeAll(async () => {
  office = await openTestOffice({ people });
  for (const [id, role] of [
    ['vera', 'admin'],
    ['carmen', 'supervisor'],
    ['ioana', 'coordinator'],
    ['andrei', 'coordinator'],
  ] as const)
    ids[id] = await office.joins(role, id);
  const { store } = office.world;
  await store.office.put({ ...(await store.office.get()), lastResort: [ids.ioana, ids.carmen] });
  await onDuty('andrei');
}, 60_000);
afterAll(() => office.stop());

async function onDuty(id: Name): Promise<void> {
  const from = office.world.clock.wall();
  const input = { personId: ids[id], from, to: addMinutes(from, 14 * 24 * 60), isSecond: false };
  await inStep(office.world, 'duty', (step) => execute(step, setDuty, { actor: system, input }));
  await office.settle();
}
const forget = () => (Object.keys(people) as Name[]).forEach((id) => void office.heard(id));
const until = (at: Date) => office.forward((at.getTime() - office.world.clock.wall().getTime()) / 60_000);
/** Ten o'clock of the next Tuesday, or of the first working day after it. */
function nextTuesday(): Date {
  let day = toLocal(office.world.clock.wall()).toPlainDate();
  if (fromLocal(day.toPlainDateTime('10:00')) <= office.world.clock.wall()) day = day.add({ days: 1 });
  while (day.dayOfWeek !== 2) day = day.add({ days: 1 });
  while (!isWorkingDay(day)) day = day.add({ days: 1 });
  return fromLocal(day.toPlainDateTime('10:00'));
}

it('on Tuesday at ten whoever must hear gets a test that says so first, in both chats; who is silent by the evening is red', async () => {
  await until(addMinutes(nextTuesday(), -1));
  forget();
  await office.forward(1);
  for (const id of ['andrei', 'ioana', 'carmen'] as const)
    expect(office.heard(id)).toEqual([expect.stringContaining('Probă de legătură. Nu este alertă.')]);
  expect(office.heard('vera')).toEqual([]);

  await office.taps('ioana', 'Am auzit');
  await office.taps('carmen', 'Am auzit');
  expect(office.sees('ioana')).toContain('Mulțumim. Legătura este verificată.');
  forget();
  await office.forward(10 * 60);
  const silent = expect.stringContaining('Fără răspuns: Andrei Stan.');
  expect([office.heard('vera'), office.heard('carmen'), office.heard('ioana')]).toEqual([[silent], [silent], []]);
  expect(office.home('carmen')).toContain('Fără răspuns: Andrei Stan.');

  await office.taps('andrei', 'Am auzit');
  expect(office.home('carmen')).not.toContain('Fără răspuns: Andrei Stan.');
  forget();
  await office.forward(7 * 24 * 60);
  expect(office.heard('andrei').join('\n')).toContain('Probă de legătură. Nu este alertă.');
}, 60_000);
