import { describe, expect, test } from 'vitest';
import {
  date,
  day,
  isPhrase,
  type Key,
  list,
  type Phrase,
  type PlainKey,
  phrase,
  time,
  when,
  words,
} from './phrase.ts';

const at = new Date('2026-11-26T08:00:00Z');

describe('a phrase', () => {
  test('is a key and its parameters', () => {
    expect(phrase('alerts:told', { name: 'Ana Pop' })).toEqual({ key: 'alerts:told', params: { name: 'Ana Pop' } });
  });

  test('survives being stored as JSON, with dates, words and phrases inside', () => {
    const told = phrase('notes:draft', { question: phrase('notes:ask.present') });
    const due = phrase('alerts:sheetDue', { when: when(at) });
    const said = phrase('alerts:state.decided', { decision: words('Mergem împreună') });
    for (const made of [told, due, said]) expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  test('keeps instants as ISO text and civil dates as they are', () => {
    expect([when(at), date(at), time(at), day('2026-11-26')]).toEqual([
      { when: '2026-11-26T08:00:00.000Z' },
      { date: '2026-11-26T08:00:00.000Z' },
      { time: '2026-11-26T08:00:00.000Z' },
      { day: '2026-11-26' },
    ]);
  });

  test('is recognised among stored values by its shape', () => {
    expect(isPhrase(phrase('general:saved'))).toBe(true);
    for (const other of ['general:saved', null, {}, { key: 1, params: {} }, words('x')])
      expect(isPhrase(other)).toBe(false);
  });
});

/** Never run: the compiler proves that each marked line is refused. */
const refused = (): void => {
  // @ts-expect-error an unknown key
  phrase('alerts:ask.nothing');
  // @ts-expect-error a missing parameter
  phrase('alerts:told');
  // @ts-expect-error a wrong parameter
  phrase('alerts:told', { nume: 'Ana' });
  // @ts-expect-error a surplus parameter
  phrase('alerts:told', { name: 'Ana', place: 'Arad' });
  // @ts-expect-error a parameter where none is asked
  phrase('general:saved', { name: 'Ana' });
  // @ts-expect-error the count of a plural as text
  phrase('general:minutes', { count: '5' });
  // @ts-expect-error a plural form as key
  phrase('general:minutes_one', { count: 1 });
  // @ts-expect-error a string is not a phrase
  const text: Phrase = 'Am salvat.';
  // @ts-expect-error a bare Date: use when, date, day or time
  phrase('alerts:sheetDue', { when: at });
  // @ts-expect-error a key with parameters is not a plain key
  const plain: PlainKey = 'alerts:told';
  // @ts-expect-error namespace and key are joined by a colon
  const key: Key = 'general.saved';
  void [text, plain, key];
};

/** Never run: the compiler proves that these are accepted. */
const accepted = (): void => {
  const plain: PlainKey = 'general:button.yes';
  phrase(plain);
  phrase('coordinator:complaints', { count: 3, day: day(at) });
  phrase('alerts:told', { name: list([words('Ana Pop'), phrase('general:button.other')]) });
  phrase(Math.random() > 0.5 ? 'general:saved' : 'general:sent');
};

test('keys and parameters are checked by the compiler, in tsc and not here', () => {
  expect([refused, accepted]).toHaveLength(2);
});
