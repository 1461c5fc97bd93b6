import { describe, expect, test } from 'vitest';
import dates from './dates.json' with { type: 'json' };
import { readWhen, type When } from './read-when.ts';

/** Wednesday. */
const now = Temporal.ZonedDateTime.from('2026-11-25T09:00[Europe/Bucharest]');
const read = (text: string): When | null => readWhen(text, { now });

/** The notation of dates.json: day or week, then hour, part of day or bound. */
function shown(when: When | null): string {
  if (!when) return 'none';
  const two = (n = 0): string => String(n).padStart(2, '0');
  const day = when.date ?? (when.week ? `W${when.week}` : '');
  const hour =
    when.hour === undefined ? '' : when.after ? `after${when.hour}` : `${two(when.hour)}:${two(when.minute)}`;
  const until = when.until ? `-${two(when.until.hour)}:${two(when.until.minute)}` : '';
  return `${[day, hour || when.part].filter(Boolean).join(' ')}${until}`;
}

describe('dates.json, all 49 [language 4]', () => {
  test.each(dates.cases.map(([language, text, expected]) => ({ language, text, expected })))(
    '$text',
    ({ text, expected }) => expect(shown(read(text ?? ''))).toBe(expected),
  );
});

describe('beyond the file', () => {
  test.each([
    ['завтра з 10 до 12', '2026-11-26 10:00-12:00'],
    ['mâine de la 10 la 12', '2026-11-26 10:00-12:00'],
    ['în 27.11 între 10 și 12', '2026-11-27 10:00-12:00'],
    ['завтра 10-12', '2026-11-26 10:00-12:00'],
    ['завтра опівдні', '2026-11-26 12:00'],
    ['mâine la amiază', '2026-11-26 12:00'],
    ['завтра в полдень', '2026-11-26 12:00'],
    ['не завтра, а в п’ятницю', '2026-11-27'],
    ['nu mâine, ci vineri la 11', '2026-11-27 11:00'],
    ['Завтра не можу, краще в понеділок', '2026-11-30'],
    ['не завтра а в пятницу', '2026-11-27'],
    ['перше грудня', '2026-12-01'],
    ['второго декабря в 10', '2026-12-02 10:00'],
    ['двадцять першого грудня', '2026-12-21'],
    ['întâi decembrie', '2026-12-01'],
    ['20-го о 9', '2026-12-20 09:00'],
    ['2026-12-03 10:30', '2026-12-03 10:30'],
    ['03.12.2026 la 9', '2026-12-03 09:00'],
    ['3/12 ora 9', '2026-12-03 09:00'],
    ['завтра 10.30', '2026-11-26 10:30'],
    ['без чверті десять', '09:45'],
    ['за чверть дев’ята завтра', '2026-11-26 08:45'],
    ['чверть на десяту', '09:15'],
    ['без десяти девять', '08:50'],
    ['nouă și un sfert', '09:15'],
    ['la 10 fără 10', '09:50'],
    ['о десятій тридцять', '10:30'],
    ['завтра о 8 вечора', '2026-11-26 20:00'],
    ['mâine la 8 seara', '2026-11-26 20:00'],
    ['завтра о 3 годині дня', '2026-11-26 15:00'],
    ['завтра 11', '2026-11-26 11:00'],
    ['через дві години', '2026-11-25 11:00'],
    ['peste o oră', '2026-11-25 10:00'],
    ['через місяць', '2026-12-25'],
    ['peste 2 luni', '2027-01-25'],
    ['через 2 дня', '2026-11-27'],
    ['цього тижня', 'W48'],
    ['до 12 завтра', '2026-11-26-12:00'],
    ['tomorrow at 5pm', '2026-11-26 17:00'],
    ['next week', 'W49'],
    ['half past nine tomorrow', '2026-11-26 09:30'],
    ['December 2 at 10', '2026-12-02 10:00'],
    ['in 3 days', '2026-11-28'],
    ['Luni, 30 noiembrie, ora 10:00', '2026-11-30 10:00'],
    ['четвер, 26 листопада, 10:00', '2026-11-26 10:00'],
    ['zavtra pislia obidu', '2026-11-26 PM'],
    ['v pyatnytsyu zranku', '2026-11-27 AM'],
    ['poltretyego zavtra', '2026-11-26 14:30'],
    ['cherez tyzhden', '2026-12-02'],
    ['pislyazavtra o 14:30', '2026-11-27 14:30'],
    ['ne vedem mâine la 10', '2026-11-26 10:00'],
    ['poti sa ma suni maine dupa ora 16?', '2026-11-26 after16'],
    ['29 лютого', '2028-02-29'],
  ])('%s -> %s', (text, expected) => expect(shown(read(text))).toBe(expected));

  test.each([
    '',
    'Дякую',
    'Nu mai pot',
    'У мене двоє дітей',
    'Am 3 copii',
    'моя мама хвора',
    'sun eu',
    'a',
    '32.13',
    '👍',
    'Я народилась в Одесі',
  ])('names no time: %s', (text) => expect(read(text)).toBeNull());

  test('never throws, whatever is typed', () => {
    for (const text of [
      '31.02',
      '99:99',
      '0',
      'о 25',
      'через 999 років',
      '1'.repeat(400),
      'в '.repeat(300),
      '31 лютого о 77',
      'pe 45',
      '00.00.0000',
    ]) {
      expect(() => read(text)).not.toThrow();
    }
  });
});

describe('asks with two dated choices [language 4]', () => {
  test.each([
    ['наступної п’ятниці', 'next-weekday', '2026-12-04', '2026-11-27'],
    ['vinerea viitoare', 'next-weekday', '2026-12-04', '2026-11-27'],
    ['20 числа', 'passed-day', '2026-12-20', '2027-01-20'],
    ['pe 20', 'passed-day', '2026-12-20', '2027-01-20'],
    ['вівторок 2 грудня', 'weekday-mismatch', '2026-12-02', '2026-12-01'],
    ['у середу', 'today-or-next', '2026-12-02', '2026-11-25'],
  ])('%s: %s', (text, why, first, second) => {
    expect(read(text)?.ambiguous).toEqual({ why, choices: [{ date: first }, { date: second }] });
  });

  test('an hour from 1 to 7 without part of day: afternoon first', () => {
    expect(read('завтра о 3')?.ambiguous).toEqual({
      why: 'afternoon',
      choices: [
        { date: '2026-11-26', hour: 15, minute: 0 },
        { date: '2026-11-26', hour: 3, minute: 0 },
      ],
    });
    expect(read('mâine la 7:30')?.ambiguous?.why).toBe('afternoon');
  });

  test.each([
    'завтра о 10',
    'завтра о 3 дня',
    'diseară la 7',
    'mâine la 07:30',
    'în lunea viitoare',
    'у середу 2 грудня',
    'завтра о 15',
  ])('no doubt: %s', (text) => expect(read(text)?.ambiguous).toBeUndefined());

  test('a doubt about the day keeps the hour said', () => {
    expect(read('vinerea viitoare la 10')?.ambiguous?.choices).toEqual([
      { date: '2026-12-04', hour: 10, minute: 0 },
      { date: '2026-11-27', hour: 10, minute: 0 },
    ]);
  });
});

describe('days that are not for working, days gone', () => {
  test.each([
    ['1 грудня', true, false, undefined],
    ['în 30 noiembrie', true, false, undefined],
    ['в суботу', undefined, false, undefined],
    ['завтра', undefined, true, undefined],
    ['вчора', undefined, true, true],
    ['12.05.2020', undefined, true, true],
  ])('%s', (text, isHoliday, isWorkingDay, isPast) => {
    const when = read(text);
    expect([when?.isHoliday, when?.isWorkingDay, when?.isPast]).toEqual([isHoliday, isWorkingDay, isPast]);
  });

  test('around the clock change the day stays the civil one', () => {
    const night = Temporal.ZonedDateTime.from('2026-10-24T23:30[Europe/Bucharest]');
    expect(readWhen('завтра о 10', { now: night })).toMatchObject({ date: '2026-10-25', hour: 10 });
    expect(readWhen('peste o săptămână', { now: night })).toMatchObject({ date: '2026-10-31' });
  });
});
