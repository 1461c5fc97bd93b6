/** Letters and digits nobody mistakes for one another on paper: no 0 O, no 1 I L. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const length = 10;

/** The one-time code that a fresh id stands for: ten signs, about 49 bits. The id itself must not be kept. */
export function codeFrom(id: string): string {
  let rest = BigInt(`0x${id}`);
  let code = '';
  while (code.length < length) {
    code += alphabet[Number(rest % BigInt(alphabet.length))];
    rest /= BigInt(alphabet.length);
  }
  return code;
}

/** As it is read aloud and printed: `ABCDE FGHJK`. */
export const shownCode = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`;

/** What was typed, as it is compared: case, spaces and hyphens do not count, a Cyrillic keyboard's look-alikes do no harm. */
export function foldCode(text: string): string {
  return inLatin(text).replace(/[^0-9A-Z]/g, '');
}

const inLatin = (text: string): string => [...text.toUpperCase()].map((sign) => lookAlikes[sign] ?? sign).join('');

/** The code in a text that is nothing but a code: a letter that no code has makes it words. */
export function codeIn(text: string): string | undefined {
  if (/[^0-9A-Z]/.test(inLatin(text).replace(/[^\p{L}\p{N}]/gu, ''))) return undefined;
  const code = foldCode(text);
  const isCode = text.length <= 20 && code.length === length && [...code].every((sign) => alphabet.includes(sign));
  return isCode ? code : undefined;
}

const lookAlikes: Record<string, string> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
};
