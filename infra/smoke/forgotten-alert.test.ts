import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('an alert taken in Slack is told in Telegram; forgotten, it asks its owner and then comes back to everybody who knew [GUIDE]', async () => {
  await town.says('mihai', '🚨 Alertă');
  await town.taps('mihai', 'Viață în pericol');
  await town.taps('mihai', 'Elena Munteanu');
  await town.says('mihai', 'Nu răspunde la ușă, se aude strigăt.');
  await town.taps('ioana', 'Preiau');
  expect(town.sees('mihai').join('\n')).toContain('Preluată: Ioana Marin');
  for (const id of ['mihai', 'ioana']) town.heard(id);

  await town.forward(10);
  expect(town.heard('ioana')).toEqual([expect.stringContaining('Care este pasul următor?')]);
  await town.taps('ioana', 'Lucrez la asta');
  town.heard('ioana');
  await town.forward(30);
  expect(town.heard('ioana')).toEqual([expect.stringContaining('Care este pasul următor?')]);
  await town.forward(10);
  expect(town.heard('ioana')).toEqual([expect.stringContaining('NEPRELUATĂ')]);
  await town.forward(5);
  expect(town.heard('andrei')).toEqual([expect.stringContaining('NEPRELUATĂ')]);
  expect(town.unexpected()).toEqual([]);
});
