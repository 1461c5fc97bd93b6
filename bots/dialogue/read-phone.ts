import { phoneFrom } from '#core/language/phone.ts';

/** The phone number in a text as +40… or +380…; another country's as typed; undefined when digits are missing. */
export function phoneIn(text: string): string | undefined {
  const foreign = /\+\d[\d\s().-]{8,20}/.exec(text)?.[0].replace(/[^\d+]/g, '');
  return phoneFrom(text) ?? foreign;
}
