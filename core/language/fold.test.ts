import { describe, expect, test } from 'vitest';
import { foldText, pivot, stripMarks, tidy } from './fold.ts';

describe('normal forms [language 2, 7]', () => {
  test.each([
    ['Soţul şi fiica', 'Soțul și fiica'],
    ["п'ятниця", 'п’ятниця'],
    ['пʼятниця', 'п’ятниця'],
    ['ма\u200Bма', 'мама'],
    ['10\u00A0lei', '10 lei'],
    ['a\u0306', 'ă'],
  ])('tidy %s -> %s', (text, expected) => expect(tidy(text)).toBe(expected));

  test.each([
    ['Brânzei Ștefănița', 'Branzei Stefanita'],
    ['Їжак і йога', 'Їжак і йога'],
  ])('marks off Latin letters only: %s -> %s', (text, expected) => expect(stripMarks(text)).toBe(expected));

  test.each([
    ['Ne-au dat afară!', ' ne au dat afara . '],
    ['Ґанок, ёлка', ' ганок , елка '],
    ['о 14:30, 12.05', ' о 14·30 , 12·05 '],
    ['дитинy', ' дитину '],
    ['copiii', ' copiii '],
    ['ajutooooor', ' ajutor '],
  ])('fold %s', (text, expected) => expect(foldText(text)).toBe(expected));

  test.each([
    ['завтра', 'zavtra'],
    ['чоловік', 'cholovik'],
    ['хочу', 'xo4u'],
    ['щось', 'shchos'],
    ['щось', 'schos'],
    ['його', 'yoho'],
    ['немає', 'nemaye'],
    ['цього', 'tsyoho'],
    ['приїду', 'pryidu'],
    ['група', 'hrupa'],
    ['в понеділок', 'w ponedilok'],
    ['сегодня', 'segodnya'],
    ['моя', 'moja'],
    ['Наталія', 'Nataliia'],
  ])('%s and %s have one skeleton', (cyrillic, latin) => expect(pivot(latin)).toBe(pivot(cyrillic)));
});
