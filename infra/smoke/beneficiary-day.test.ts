import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a meeting is reminded at 18:00 the day before, confirmed in one tap, asked about an hour after it; an anonymous opinion is answered all the same [ECSILI]', async () => {
  await town.says('oksana', '📅 Мої зустрічі');
  expect(town.heard('oksana').join('\n')).toContain('вівторок, 24\u00a0листопада, 10:30');

  await town.forward(10 * 60);
  expect(town.heard('oksana')).toEqual([expect.stringMatching(/^Нагадуємо про завтрашню зустріч\./)]);
  town.unexpected();
  await town.taps('oksana', '✅ Прийду');
  expect(town.heard('ioana').join('\n')).not.toContain('Оксана Кравченко');
  town.unexpected();

  await town.forward(14 * 60 + 30);
  expect(town.heard('oksana')).toEqual([expect.stringMatching(/^Нагадуємо про сьогоднішню зустріч\./)]);
  await town.forward(4 * 60);
  expect(town.heard('oksana')).toEqual([expect.stringContaining('Як минула зустріч?')]);
  town.unexpected();

  await town.taps('oksana', '🙁');
  await town.says('oksana', 'Довго чекали в коридорі.');
  await town.taps('oksana', 'Без імені');
  await town.taps('oksana', 'Так');
  expect(town.sees('oksana').join('\n')).toContain('Дякуємо. Це прочитають люди');
  const said = town.heard('ioana').join('\n');
  expect(said).not.toContain('Оксана');
  expect(said).not.toContain('C-07');
});
