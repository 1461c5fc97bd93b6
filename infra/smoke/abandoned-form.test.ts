import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a form on danger to life that is left for three minutes is raised as it stands', async () => {
  await town.says('mihai', '🚨 Alertă');
  await town.taps('mihai', 'Viață în pericol');
  await town.taps('mihai', 'Elena Munteanu');
  town.heard('mihai');
  await town.forward(3);
  expect(town.heard('ioana')).toEqual([expect.stringContaining('A-101')]);
  expect(town.heard('mihai').join('\n')).toContain('A-101');
});

it('a form on danger to life that its writer leaves on purpose is not raised', async () => {
  await town.says('irina', '🚨 Alertă');
  await town.taps('irina', 'Viață în pericol');
  await town.taps('irina', 'Ies din formular');
  await town.forward(4);
  expect(await town.world.store.alerts.count({ level: 'life' })).toBe(1);
});
