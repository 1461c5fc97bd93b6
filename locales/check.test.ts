import { describe, expect, test } from 'vitest';
import { checkLocales } from './check.ts';
import { unconfirmedTexts } from './confirmed.ts';
import { locales } from './load.ts';
import { isStale } from './make-types.ts';

const good = { uk: 'Збережено.', ro: 'Am salvat.', en: 'Saved.' };

/** What the check says of one text put into a namespace, in three languages. */
function faultsOf(texts: { uk?: string; ro?: string; en?: string }, key = 'text', namespace = 'general'): string[] {
  const of = (text: string) => ({ [namespace]: { [key]: text } });
  return checkLocales({ uk: of(texts.uk ?? good.uk), ro: of(texts.ro ?? good.ro), en: of(texts.en ?? good.en) });
}

describe('the locale files', () => {
  test('have no fault', () => expect(checkLocales()).toEqual([]));

  test('are what the types say', () => expect(isStale()).toBe(false));

  test('speak of the same namespaces in all languages', () => {
    expect(Object.keys(locales().uk)).toEqual(Object.keys(locales().ro));
    expect(Object.keys(locales().en)).toEqual(Object.keys(locales().ro));
  });
});

describe('the check of the locale files', () => {
  test('accepts a good text', () => expect(faultsOf({})).toEqual([]));

  test('finds a key that one language lacks', () => {
    expect(checkLocales({ uk: { a: { x: 'Так' } }, ro: { a: { x: 'Da' } }, en: { a: {} } })).toContain(
      'en a:x: missing',
    );
  });

  test('finds a plural form that Ukrainian owes and one that English does not have', () => {
    const forms = { x_one: '{{count}}', x_few: '{{count}}', x_other: '{{count}}' };
    expect(checkLocales({ uk: { a: forms }, ro: { a: forms }, en: { a: forms } })).toEqual([
      'uk a:x_many: missing',
      'en a:x_few: a form this language does not have',
    ]);
  });

  test('finds a placeholder of another name', () => {
    expect(faultsOf({ uk: 'Так: {{name}}', ro: 'Da: {{nume}}', en: 'Yes: {{name}}' })).toEqual([
      'uk general:text: takes name, ro takes nume',
      'en general:text: takes name, ro takes nume',
    ]);
  });

  test('finds a placeholder missing in one plural form', () => {
    const uk = { x_one: 'a {{day}}', x_few: 'a', x_many: 'a {{day}}', x_other: 'a {{day}}' };
    const ro = { x_one: 'a {{day}}', x_few: 'a {{day}}', x_other: 'a {{day}}' };
    const en = { x_one: 'a {{day}}', x_other: 'a {{day}}' };
    expect(checkLocales({ uk: { a: uk }, ro: { a: ro }, en: { a: en } })).toHaveLength(1);
  });

  test('finds a key that is a leaf and a branch', () => {
    const both = { ask: 'Da', 'ask.more': 'Da' };
    expect(checkLocales({ uk: { a: both }, ro: { a: both }, en: { a: both } })).toEqual([
      'a:ask: both a leaf and a branch',
    ]);
  });

  test('finds a note on a text that is gone', () => {
    const one = { a: { x: 'Da' } };
    expect(checkLocales({ uk: one, ro: one, en: one }, { a: { y: { note: '' } } })).toEqual([
      'notes a:y: a note on no text',
    ]);
  });

  test.each([
    ['an empty text', { ro: '' }, 'text'],
    ['a button of 25 signs', { ro: 'a'.repeat(25) }, 'button.x'],
    ['a wide button of 41 signs', { ro: 'a'.repeat(41) }, 'wide.x'],
    ['a toast of 201 signs', { ro: 'a'.repeat(201) }, 'toast.x'],
    ['a text of 4097 signs', { ro: 'a'.repeat(4097) }, 'text'],
    ['a sentence of 16 words', { ro: `${'cuvânt '.repeat(15)}cuvânt.` }, 'text'],
    ['a cedilla', { ro: 'Însoţire' }, 'text'],
    ['a straight apostrophe', { uk: "п'ять" }, 'text'],
    ['straight quotes', { ro: '"Da"' }, 'text'],
    ['English quotes in Romanian', { ro: '“Da”' }, 'text'],
    ['an open quote never closed', { uk: '«Так' }, 'text'],
    ['a Russian letter', { uk: 'Мы' }, 'text'],
    ['a breakable space after №', { uk: 'Скарга № 5' }, 'text'],
    ['two genders in one word', { uk: 'згоден(-на)' }, 'text'],
    ['a frightening first line of a notice', { ro: 'O plângere nouă.' }, 'notice.x'],
  ])('finds %s', (_, texts, key) => expect(faultsOf(texts, key)).toHaveLength(1));

  test('finds a name in the first line of a notice', () => {
    const first = { uk: 'Пише {{name}}.', ro: 'Scrie {{name}}.', en: '{{name}} writes.' };
    expect(faultsOf(first, 'notice.x')).toHaveLength(3);
    const second = { uk: 'Новина.\n{{name}}', ro: 'O veste.\n{{name}}', en: 'News.\n{{name}}' };
    expect(faultsOf(second, 'notice.x')).toEqual([]);
  });

  test('lets staff have sentences of 20 words', () => {
    const text = `${'cuvânt '.repeat(19)}cuvânt.`;
    expect(faultsOf({ ro: text }, 'text', 'alerts')).toEqual([]);
  });
});

describe('texts to be confirmed by a native social worker', () => {
  const record = {
    toConfirm: { consent: ['consent:ask'], danger: [], words: ['guardian:plan.*'] },
    confirmed: { uk: {}, ro: {} },
  };
  const uk = locales().uk.consent?.ask ?? '';

  test('are listed with both texts, patterns spread over their keys', () => {
    const open = unconfirmedTexts(record);
    expect(open[0]).toMatchObject({ key: 'consent:ask', about: 'consent', languages: ['uk', 'ro'], texts: { uk } });
    expect(open.length).toBeGreaterThan(4);
  });

  test('leave the list language by language, and come back when the text changes', () => {
    const confirmedAs = (text: string) => ({
      ...record,
      confirmed: { uk: { 'consent:ask': { on: '2026-12-01', by: 'OK', text } }, ro: {} },
    });
    expect(unconfirmedTexts(confirmedAs(uk))[0]?.languages).toEqual(['ro']);
    expect(unconfirmedTexts(confirmedAs('Інший текст'))[0]?.languages).toEqual(['uk', 'ro']);
  });

  test('of voice.md are all there', () => {
    expect(unconfirmedTexts().map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        'consent:ask',
        'emergency:matter.suicide',
        'refusals:coSign',
        'guardian:plan.ask',
        'appointments:interpreter.ask',
      ]),
    );
  });
});
