import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a technician who asks to close a case hears who decides, sends the prepared request, and hears the decision [GUIDE]', async () => {
  await town.says('mihai', '📁 Cazurile mele');
  await town.taps('mihai', '2');
  town.unexpected();
  await town.taps('mihai', 'Cer închiderea cazului');
  const refusal = town.heard('mihai').join('\n');
  expect(refusal).toContain('Ioana Marin');
  await town.taps('mihai', 'Trimit cererea');
  if (town.sees('mihai').at(-1)?.startsWith('Cerere către')) await town.taps('mihai', 'Trimit');
  expect(town.heard('ioana').join('\n')).toContain('C-10');
  town.unexpected();
  await town.taps('ioana', 'Resping');
  const viewId = town.desk('ioana').state().modals.at(-1)?.viewId ?? '';
  town.desk('ioana').fills(viewId, { reason: 'Mai e o vizită de făcut.' });
  await town.desk('ioana').submits(viewId);
  await town.settle();
  expect(town.heard('mihai').join('\n')).toContain('Mai e o vizită de făcut.');
});
