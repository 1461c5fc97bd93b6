/** What a message looks like without its personal numbers, and how many were taken out. */
export type Masked = { text: string; found: number };

/** Masks every valid CNP in a text, also one written with spaces; the bot never asks for one in chat. [language 5] */
export function maskCnp(text: string): Masked {
  let found = 0;
  const masked = text.replace(thirteenDigits, (digits) => {
    if (!isCnp(digits)) return digits;
    found += 1;
    return '•'.repeat(13);
  });
  return { text: masked, found };
}

/** Whether it is a CNP: 13 digits, a possible birthday, the control digit right. The county is free. [language 5] */
export function isCnp(text: string): boolean {
  const digits = text.replace(/[ .\-\u00A0]/gu, '');
  if (!/^[1-9]\d{12}$/u.test(digits)) return false;
  const month = Number(digits.slice(3, 5));
  const day = Number(digits.slice(5, 7));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && controlOf(digits) === Number(digits[12]);
}

const thirteenDigits = /(?<!\d)\d(?:[ .\-\u00A0]?\d){12}(?!\d)/gu;

const weights = '279146358279';

function controlOf(digits: string): number {
  const sum = [...weights].reduce((total, weight, at) => total + Number(weight) * Number(digits[at]), 0);
  return sum % 11 === 10 ? 1 : sum % 11;
}
