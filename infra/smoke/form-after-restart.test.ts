import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a visit report that was begun goes on where it stopped, after the program was restarted [GUIDE]', async () => {
  await town.says('mihai', '📝 Notă nouă');
  await town.taps('mihai', 'Elena Munteanu');
  const question = town.heard('mihai').at(-1);
  await town.city.restart();
  await town.taps('mihai', 'Acum');
  const next = town.heard('mihai').at(-1);
  expect(next).toBeTruthy();
  expect(next).not.toBe(question);
  expect(next).not.toContain('Despre ce caz');
  const form = (await town.world.store.conversations.find({})).find((one) => one.form)?.form;
  expect(form?.name).toBe('visit-report');
  expect(Object.keys(form?.answers ?? {})).toEqual(expect.arrayContaining(['case', 'when']));
});
