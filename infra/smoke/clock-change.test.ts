import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  // Friday 23 October 2026, 9:00; in the night to Sunday the clock goes back an hour.
  town = await openTown({ begins: new Date('2026-10-23T06:00:00Z') });
});
afterAll(() => town.stop());

it('booked in Slack, reminded at the right local minute across the clock change, confirmed, asked how it was, answered', async () => {
  const ioana = town.desk('ioana');
  await ioana.presses('home', 'Programare nouă');
  await town.settle();
  const viewId = ioana.state().modals.at(-1)?.viewId ?? '';
  ioana.fills(viewId, {
    case: 'C-07 · Оксана Кравченко',
    when: '2026-10-26',
    when_time: '09:00',
    place: 'La sediu',
    interpreter: 'Da',
  });
  await ioana.submits(viewId);
  await town.settle();
  expect(town.heard('oksana').join('\n')).toContain('понеділок, 26\u00a0жовтня, 9:00');
  town.unexpected();

  // Sunday 18:00 in Bucharest is 16:00 UTC, an hour later than on Friday.
  await town.forward((Date.parse('2026-10-25T15:59:00Z') - Date.parse('2026-10-23T06:00:00Z')) / 60_000);
  expect(town.heard('oksana')).toEqual([]);
  await town.forward(1);
  expect(town.heard('oksana')).toEqual([expect.stringContaining('Нагадуємо про завтрашню зустріч.')]);
  await town.taps('oksana', 'Прийду');
  town.unexpected();

  // Two hours before would be 7:00, inside the quiet hours: only the question an hour after the end follows.
  await town.forward((Date.parse('2026-10-26T09:00:00Z') - Date.parse('2026-10-25T16:00:00Z')) / 60_000);
  expect(town.heard('oksana')).toEqual([expect.stringContaining('Як минула зустріч?')]);
  await town.taps('oksana', '😞');
  await town.says('oksana', 'Не було перекладача.');
  await town.taps('oksana', 'Без імені');
  town.unexpected();

  await town.taps('ioana', 'Răspund');
  await town.settle();
  const answer = ioana.state().modals.at(-1)?.viewId ?? '';
  ioana.fills(answer, { answer: 'Îmi pare rău. Data viitoare vine și traducătorul.' });
  await ioana.submits(answer);
  await town.settle();
  expect(town.heard('oksana')).toEqual(['Для Вас є відповідь від команди.']);
  await town.taps('oksana', 'Прочитати');
  expect(town.heard('oksana').join('\n')).toContain('Data viitoare vine și traducătorul.');
});
