import { describe, expect, test } from 'vitest';
import { bareKey, fullKey, nameDistance, nameKeys } from './name-keys.ts';
import names from './names.json' with { type: 'json' };

describe('name keys [language 7]', () => {
  test.each([
    ['Шевченко', 'Shevchenko'],
    ['Шевченко', 'Șevcenco'],
    ['Шевченко', 'Sevcenko'],
    ['Щербак', 'Șcerbac'],
    ['Жук', 'Juc'],
    ['Згурська', 'Zghurska'],
    ['Ґалаґан', 'Halahan'],
    ['Дем’яненко', "Dem'ianenko"],
    ['Вишневський', 'Vișnevschi'],
    ['Хоменко', 'Homenco'],
    ['Țurcanu', 'Turcanu'],
    ['Ţurcanu', 'Țurcanu'],
    ['Максим', 'Maxim'],
  ])('%s and %s share the full key', (one, other) => expect(fullKey(one)).toBe(fullKey(other)));

  test('a name has keys per word, without vowels only from three consonants', () => {
    expect(nameKeys('Ана Шевченко')).toContain('sevkenko');
    expect(nameKeys('Ана Шевченко')).toContain('~svknk');
    expect(nameKeys('Ана Шевченко')).not.toContain('~n');
    expect(nameKeys('Bejan-Țăranu')).toEqual(nameKeys('bejan taranu'));
    expect(nameKeys('  ')).toEqual([]);
  });

  test.each([
    ['Микола', 'Nicolae'],
    ['Микола', 'Николай'],
    ['Іван', 'Ion'],
    ['Олена', 'Елена'],
    ['Саша', 'Alexandru'],
  ])('%s and %s are one given name', (one, other) => {
    const canonical = (name: string): string[] => nameKeys(name).filter((key) => key.startsWith('='));
    expect(canonical(one)).toHaveLength(1);
    expect(canonical(one)).toEqual(canonical(other));
  });

  test('ranking: the same, the same by ear, without vowels, one letter, unlike', () => {
    const ranks = ['Olha Koval', 'Ольга Коваль', 'Olha Kuval', 'Olha Kovat', 'Petro Sydorenko'].map((other) =>
      nameDistance('Olha Koval', other),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBe(0);
    expect(nameDistance('Koval Olha', 'Olha Koval')).toBe(0);
    expect(ranks[4]).toBeGreaterThanOrEqual(3);
  });
});

/** Measured on names.json: the 30 Romanian plain spellings included; by distance each of them finds its person first. */
describe('measured on names.json', () => {
  const people = names.people.map(({ cyr, ru, latin }) => ({
    family: last(cyr),
    forms: [last(ru), ...latin.map(({ text }) => last(text))],
    cyr,
    all: [ru, ...latin.map(({ text }) => text)],
  }));
  const romanian = names.romanian.map(({ name, plain }) => ({
    family: last(name),
    forms: [last(plain)],
    cyr: name,
    all: [plain],
  }));
  const everybody = [...people, ...romanian];

  test('family names: full key 297 of 308 spellings, without vowels 304', () => {
    const forms = everybody.flatMap(({ family, forms }) => forms.map((form) => ({ family, form })));
    const byFull = forms.filter(({ family, form }) => fullKey(form) === fullKey(family)).length;
    const byEither = forms.filter(({ family, form }) => bareKey(form) === bareKey(family)).length;
    expect([byFull, byEither, forms.length]).toEqual([297, 304, 308]);
  });

  test('no two of the 90 family names share a full key', () => {
    expect(new Set(everybody.map(({ family }) => fullKey(family))).size).toBe(everybody.length);
  });

  test('every spelling ranks its own person first', () => {
    const lost = everybody.flatMap(({ cyr, all }) =>
      all.filter((form) => {
        const ranked = everybody
          .map((person) => ({ cyr: person.cyr, distance: nameDistance(form, person.cyr) }))
          .sort((a, b) => a.distance - b.distance);
        return ranked[0]?.cyr !== cyr;
      }),
    );
    expect(lost).toEqual([]);
  });
});

function last(name: string): string {
  return name.split(' ').slice(1).join(' ').replace('-', '');
}
