import { describe, expect, test } from 'vitest';
import { dangerRules, findDanger, levelOf } from './danger.ts';
import utterances from './utterances.json' with { type: 'json' };

describe('tier-1 danger rules [language 3]', () => {
  test.each(dangerRules)(
    '$id fires on “$positive” and no rule fires on “$negative”',
    ({ id, category, positive, negative }) => {
      expect(findDanger(positive)).toContainEqual({ ruleId: id, category });
      expect(findDanger(negative)).toEqual([]);
    },
  );

  test('ids are their own, and each language has each category', () => {
    expect(new Set(dangerRules.map(({ id }) => id)).size).toBe(dangerRules.length);
    const pairs = new Set(dangerRules.map(({ id, category }) => `${id.slice(0, 2)} ${category}`));
    expect(pairs.size).toBe(4 * 8);
  });

  test.each([
    ['Soţul mă bate', 'old cedilla letters'],
    ['sotul ma bate', 'no diacritics'],
    ['Чоловік мене б`є', 'a wrong apostrophe'],
    ['Чоловiк мене бьє', 'a Latin i inside'],
    ['cholovik mene bje', 'transliteration'],
    ['xo4u pomerty', 'transliteration with figures'],
    ['ДОПОМОЖІТЬЬЬ!!!', 'shouting'],
    ['Nu, mă bate!', 'an answer before it is no negation'],
    ['Ні, мене б’ють', 'an answer before it is no negation'],
  ])('%s: %s', (text) => expect(findDanger(text)).not.toEqual([]));

  test.each([
    'Ніхто мене не б’є',
    'Soțul nu mă bate',
    'Дивилася фільм, де чоловік б’є дружину',
    'Am văzut un film în care o bate soțul',
    'Муж меня не бьёт',
    '',
  ])('silent on: %s', (text) => expect(findDanger(text)).toEqual([]));
});

/**
 * Measured once on `dev` on the day the rules were written, their author having read `train` only: known 40 of 40,
 * unseen 85 of 105 (uk 27/36, ro 18/21, no diacritics 15/19, ru 13/17, transliteration 12/12); false on 0 of 501
 * normal lines, 0 of 18 out of scope, 2 of 77 hard negatives. The misses of `dev` were never read.
 */
describe('measured on utterances.json', () => {
  test('known lines (train): 40 of 40', () => expect(flagged('train', ['danger'])).toEqual({ found: 40, of: 40 }));

  test('unseen lines (dev): 85 of 105, never less', () => {
    const { found, of } = flagged('dev', ['danger']);
    expect(of).toBe(105);
    expect(found).toBeGreaterThanOrEqual(85);
  });

  test('hard negatives: at most 2 of 77', () => expect(flagged('dev', ['hardneg']).found).toBeLessThanOrEqual(2));

  test('ordinary lines: none', () => {
    expect(flagged('train', ordinary)).toEqual({ found: 0, of: 220 });
    expect(flagged('dev', [...ordinary, 'oos'])).toEqual({ found: 0, of: 299 });
  });
});

describe('level of what a beneficiary writes [delivery 5]', () => {
  test.each([
    [['suicide'], 'life'],
    [['medical'], 'life'],
    [['violence'], 'life'],
    [['help'], 'life'],
    [['child'], 'abuse'],
    [['trafficking'], 'abuse'],
    [['shelter'], 'urgent'],
    [['hunger'], 'urgent'],
    [['hunger', 'child'], 'abuse'],
    [['shelter', 'child', 'violence'], 'life'],
    [[], 'urgent'],
  ] as const)('%j is %s', (categories, level) => expect(levelOf(categories)).toBe(level));
});

const ordinary = [...new Set(utterances.map(({ intent }) => intent))].filter(
  (intent) => !['danger', 'hardneg', 'oos'].includes(intent),
);

function flagged(split: string, intents: readonly string[]): { found: number; of: number } {
  const lines = utterances.filter((line) => line.split === split && intents.includes(line.intent));
  return { found: lines.filter(({ text }) => findDanger(text).length > 0).length, of: lines.length };
}
