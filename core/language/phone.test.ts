import { describe, expect, test } from 'vitest';
import { isCnp, maskCnp } from './cnp.ts';
import { phoneFrom, sayPhone } from './phone.ts';

describe('phone numbers [language 7]', () => {
  test.each([
    ['0721 234 567', '+40721234567'],
    ['+40 721-234-567', '+40721234567'],
    ['0040721234567', '+40721234567'],
    ['40721234567', '+40721234567'],
    ['+40 (0) 721 234 567', '+40721234567'],
    ['sunați la 0256.123.456 va rog', '+40256123456'],
    ['0800 500 333', '+40800500333'],
    ['+380 67 123 45 67', '+380671234567'],
    ['мій номер 067 123-45-67', '+380671234567'],
    ['00380501234567', '+380501234567'],
    ['(050)1234567', '+380501234567'],
    ['380631234567', '+380631234567'],
  ])('%s -> %s', (text, phone) => expect(phoneFrom(text)).toBe(phone));

  test.each([
    '',
    '112',
    '12345',
    'завтра о 10:30',
    '2026-11-26 10:30',
    '1234567890',
    '+1 202 555 0100',
    '1850101221145',
  ])('no number of ours: %s', (text) => expect(phoneFrom(text)).toBeNull());

  test.each([
    ['+40721234567', '+40 721 234 567'],
    ['+40213456789', '+40 21 345 67 89'],
    ['+380671234567', '+380 67 123 45 67'],
    ['112', '112'],
    ['0800 500 333', '0800 500 333'],
  ])('%s is said with no-break spaces', (phone, said) => expect(sayPhone(phone)).toBe(said.replaceAll(' ', '\u00A0')));
});

describe('a CNP in chat is masked [language 5]', () => {
  const valid = ['1800101221144', '2900515350010', '5010203700019'].map(withControl);

  test.each(valid)('%s', (cnp) => {
    expect(isCnp(cnp)).toBe(true);
    expect(maskCnp(`CNP-ul meu este ${cnp}, vă rog`)).toEqual({
      text: 'CNP-ul meu este •••••••••••••, vă rog',
      found: 1,
    });
    expect(maskCnp(cnp.replace(/^(.)(.{6})/u, '$1 $2 ')).found).toBe(1);
    expect(isCnp(`${cnp.slice(0, 12)}${(Number(cnp[12]) + 1) % 10}`)).toBe(false);
  });

  test('the county code is free: 70 counts since May 2024', () =>
    expect(isCnp(withControl('5010203700010'))).toBe(true));

  test.each(['0721234567', '+380671234567', '1234567890123', '0800101221144', '1801301221144', 'без цифр'])(
    'stays as it is: %s',
    (text) => expect(maskCnp(text)).toEqual({ text, found: 0 }),
  );
});

/** Gives invented digits the right last one, reckoned apart from the code under test. */
function withControl(cnp: string): string {
  const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];
  const rest = weights.reduce((sum, weight, at) => sum + weight * Number(cnp[at]), 0) % 11;
  return cnp.slice(0, 12) + (rest === 10 ? 1 : rest);
}
