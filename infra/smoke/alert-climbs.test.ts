import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('an alert nobody takes climbs from the coordinator to duty, to the supervisor, to the whole ring, and stops when it is taken [GUIDE]', async () => {
  await town.says('mihai', '🚨 Alertă');
  expect(town.heard('mihai')[0]).toMatch(/^Viață în pericol\? Sunați acum la 112\./);
  await town.taps('mihai', 'Abuz');
  await town.taps('mihai', 'Оксана Кравченко');
  await town.says('mihai', 'Copilul spune că îi este frică să meargă acasă.');
  expect(town.heard('mihai').join('\n')).toMatch(/Alerta nr\.\u00a0A-101 este trimisă/);
  expect(town.heard('ioana')).toEqual([expect.stringContaining('A-101')]);
  expect(town.heard('andrei')).toEqual([]);

  await town.forward(15);
  expect(town.heard('andrei')).toEqual([expect.stringContaining('A-101')]);
  await town.forward(30);
  expect(town.heard('carmen')).toEqual([expect.stringContaining('A-101')]);
  town.heard('ioana');
  town.heard('andrei');

  await town.taps('andrei', 'Preiau');
  expect(town.heard('andrei')).toEqual([expect.stringContaining('este la dumneavoastră')]);
  expect(town.sees('mihai').join('\n')).toContain('Preluată: Andrei Stan');
  await town.forward(5);
  expect(town.unexpected()).toEqual([]);
});
