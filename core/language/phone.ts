/**
 * The first Romanian or Ukrainian number of a text as +40… or +380…; null without one. A national number starting with
 * 04, 05, 06 or 09 is Ukrainian, with 02, 03, 07 or 08 Romanian. [language 7]
 */
export function phoneFrom(text: string): string | null {
  for (const [found] of text.matchAll(numberLike)) {
    const phone = normalised(found.replace(/[^\d+]/gu, ''));
    if (phone) return phone;
  }
  return null;
}

/** A number as people read it, grouped with no-break spaces: +40 721 234 567, +380 67 123 45 67; others stay as they are. */
export function sayPhone(phone: string): string {
  const [, ...groups] = sayings.map((shape) => shape.exec(phone)).find((found) => found !== null) ?? [];
  return groups.length > 0 ? groups.join('\u00A0') : phone.replaceAll(' ', '\u00A0');
}

const numberLike = /(?<![\d\p{L}])\+?\d(?:[ \u00A0().\-/]{0,2}\d){8,14}(?!\d)/gu;

const sayings = [
  /^(\+40)(21|31)(\d{3})(\d{2})(\d{2})$/u,
  /^(\+40)(\d{3})(\d{3})(\d{3})$/u,
  /^(\+380)(\d{2})(\d{3})(\d{2})(\d{2})$/u,
];

function normalised(digits: string): string | null {
  const plain = digits.replace(/^\+/u, '').replace(/^00(?=40|380)/u, '');
  const romanian = /^(?:40)0?([2378]\d{8})$/u.exec(plain) ?? /^0([2378]\d{8})$/u.exec(plain);
  if (romanian) return `+40${romanian[1]}`;
  const ukrainian = /^380([3-9]\d{8})$/u.exec(plain) ?? /^0([4569]\d{8})$/u.exec(plain);
  return ukrainian ? `+380${ukrainian[1]}` : null;
}
