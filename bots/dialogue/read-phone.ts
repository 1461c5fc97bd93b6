/** The phone number in a text, normalised; undefined when digits are missing. */
export function phoneIn(text: string): string | undefined {
  const digits = text.replace(/[^\d+]/g, '');
  return /^\+?\d{9,15}$/.test(digits) ? digits : undefined;
}
