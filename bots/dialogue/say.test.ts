import { describe, expect, test } from 'vitest';
import { date, day, type Key, languages, lines, list, type Phrase, phrase, time, when, words } from '#core/phrase.ts';
import { locales } from '#locales/load.ts';
import { keysSaying, say, sayAll, UnknownPhrase } from './say.ts';

const at = new Date('2026-11-26T08:00:00Z');
const now = new Date('2026-11-23T06:00:00Z');
const nb = '\u00a0';

describe('say', () => {
  test('says a phrase in the language of the reader', () => {
    const saved = phrase('general:saved');
    expect([say(saved, 'uk'), say(saved, 'ro'), say(saved, 'en')]).toEqual(['Збережено.', 'Am salvat.', 'Saved.']);
  });

  test.each([
    ['uk', `Найближча зустріч: четвер, 26${nb}листопада, 10:00.`],
    ['ro', `Următoarea programare: joi, 26${nb}noiembrie, ora${nb}10:00.`],
    ['en', `Next appointment: Thursday, 26${nb}November, 10:00.`],
  ] as const)('echoes weekday, date and hour of Bucharest in %s', (language, text) => {
    expect(say(phrase('appointments:next', { when: when(at) }), language, now)).toBe(text);
  });

  test('adds the year if it is another year than now', () => {
    const next = phrase('appointments:next', { when: when(new Date('2027-01-08T08:30:00Z')) });
    expect(say(next, 'uk', now)).toBe(`Найближча зустріч: п’ятниця, 8${nb}січня 2027${nb}року, 10:30.`);
    expect(say(next, 'ro', now)).toBe(`Următoarea programare: vineri, 8${nb}ianuarie 2027, ora${nb}10:30.`);
    expect(say(next, 'en', now)).toBe(`Next appointment: Friday, 8${nb}January 2027, 10:30.`);
  });

  test('the year turns at midnight in Bucharest, not in Greenwich', () => {
    const newYearsEve = new Date('2026-12-31T22:30:00Z');
    const due = phrase('tasks:notice.new', { day: day(newYearsEve) });
    expect(say(due, 'ro', newYearsEve)).toBe(`Sarcină nouă. Termen: 1${nb}ianuarie.`);
  });

  test('keeps the hour of Bucharest in summer and winter', () => {
    const hours = ['2026-07-01T07:00:00Z', '2026-12-01T07:00:00Z'].map((iso) =>
      phrase('alerts:called112', { time: time(new Date(iso)) }),
    );
    expect(sayAll(hours, 'en')).toBe('Noted: call to 112, 10:00.\nNoted: call to 112, 9:00.');
  });

  test('takes a civil date as it stands', () => {
    expect(say(phrase('home:technician.title', { date: date('2026-11-26') }), 'uk', now)).toBe(
      `Сьогодні: четвер, 26${nb}листопада`,
    );
  });

  test.each([
    ['uk', [`1${nb}хвилина`, `2${nb}хвилини`, `5${nb}хвилин`, `21${nb}хвилина`]],
    ['ro', [`1${nb}minut`, `2${nb}minute`, `5${nb}minute`, `21${nb}de${nb}minute`]],
    ['en', [`1${nb}minute`, `2${nb}minutes`, `5${nb}minutes`, `21${nb}minutes`]],
  ] as const)('chooses the plural form by count in %s', (language, forms) => {
    expect([1, 2, 5, 21].map((count) => say(phrase('general:minutes', { count }), language))).toEqual(forms);
  });

  test('says phrases inside phrases, lists and lines', () => {
    const draft = phrase('notes:draft', { question: phrase('notes:ask.present') });
    expect(say(draft, 'ro')).toBe('Ciorna este păstrată. Urmează: Cine a fost de față?');
    const told = phrase('alerts:told', { name: list(['Ana Pop', 'Ion Rus']) });
    expect(say(told, 'ro')).toBe('Am anunțat: Ana Pop, Ion Rus.');
    const answer = phrase('write:echo', { text: lines([phrase('general:button.yes'), words('mâine')]) });
    expect(say(answer, 'ro')).toBe('Trimitem mesajul?\nDa\nmâine');
  });

  test.each(['$t(general:saved)', '{{name}}', '{{text}}', '<b>*_`', '$&', 'general:saved'])(
    'never interprets the words of a person: %s',
    (text) => {
      expect(say(phrase('write:answer', { name: words(text), text: words(text) }), 'ro')).toBe(`${text}:\n${text}`);
    },
  );

  test('takes signs out of the words of a person that could hide or reorder', () => {
    const hidden = 'a\u202eb\u2066c\u200bd\u0000e\ufeff\u00adf\tg\r\nh\u{e0041}';
    expect(say(phrase('write:echo', { text: words(hidden) }), 'en')).toBe('Send the message?\nabcdef g\nh');
  });

  test('keeps whole emoji, also joined ones, and Ukrainian marks', () => {
    const text = '👩‍👧 її п’ятниця й ґанок';
    expect(say(phrase('write:echo', { text }), 'en')).toBe(`Send the message?\n${text}`);
  });

  test('throws on a stored key that no longer exists, so that no key is ever shown', () => {
    const old = { key: 'alerts:gone', params: {} } as unknown as Phrase;
    expect(() => say(old, 'uk')).toThrow(UnknownPhrase);
  });
});

describe('every text of the locale files', () => {
  test.each(languages)('can be said in %s for every count, with nothing left open', (language) => {
    for (const [namespace, texts] of Object.entries(locales().ro)) {
      for (const key of Object.keys(texts)) {
        for (const count of [0, 1, 2, 5, 21, 100]) {
          const text = say(filled(`${namespace}:${key}`, texts[key] ?? '', count), language, now);
          expect(text, `${namespace}:${key}`).not.toMatch(/\{\{|\}\}|undefined|\[object/);
        }
      }
    }
  });
});

/** The phrase of a key with something in each parameter. */
function filled(key: string, text: string, count: number): Phrase {
  const names = [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name);
  const params = { ...Object.fromEntries(names.map((name) => [name, 'x'])), count };
  return { key: key.replace(/_(one|few|other)$/, '') as Key, params };
}

describe('a typed menu word', () => {
  test.each([
    ['📅 Мої зустрічі', 'home:button.appointments'],
    ['мої  зустрічі', 'home:button.appointments'],
    ['programarile mele', 'home:button.appointments'],
    ['SCRIEȚI-NE', 'home:button.write'],
    ['Завдання · 3', 'home:button.tasks'],
    ['sarcini 12', 'home:button.tasks'],
    ['i need help!', 'home:button.urgent'],
    ["Здоров'я", 'intake:wide.health'],
  ])('%s finds its button', (typed, key) => {
    expect(keysSaying(typed)).toContain(key);
  });

  test('that several buttons share finds all of them', () => {
    expect(keysSaying('ні')).toEqual(expect.arrayContaining(['general:button.no', 'emergency:button.notSafe']));
  });

  test.each(['', '   ', '🆘', '3', 'коли мій прийом?'])('%j is no button', (typed) => {
    expect(keysSaying(typed)).toEqual([]);
  });
});
