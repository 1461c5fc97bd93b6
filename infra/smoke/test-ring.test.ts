import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMinutes, fromLocal, isWorkingDay, toLocal } from '#core/time.ts';
import { openRoster, type Roster } from '../test/roster.ts';

let office: Roster['office'];
let until: Roster['until'];
let forget: Roster['forget'];
beforeAll(async () => {
  ({ office, until, forget } = await openRoster(14));
}, 60_000);
afterAll(() => office.stop());

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
