import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';

/** What was typed about a person, tidied, or a refusal that says how it should look. */
export function nameFrom(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ');
  if (!/\p{L}{2}/u.test(name) || name.length > 100) throw new Refusal(phrase('people:needName'));
  return name;
}

/** A place code such as AR-07. */
export function placeFrom(text: string): string {
  const code = text
    .trim()
    .toUpperCase()
    .replace(/[\s–—]+/g, '-');
  if (!/^[A-Z]{1,3}-?\d{1,4}$/.test(code)) throw new Refusal(phrase('people:needPlace'));
  return code;
}

/** A year of birth with four digits, of a living person. */
export function yearFrom(text: string, thisYear: number): number {
  const year = Number(text.trim());
  if (!Number.isInteger(year) || year < thisYear - 120 || year > thisYear) throw new Refusal(phrase('people:needYear'));
  return year;
}
