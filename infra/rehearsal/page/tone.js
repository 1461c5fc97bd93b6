// @ts-check
import { inAllLanguages } from './say.js';

/** State words and colours of cards. The page knows the words only to draw them as a badge; never colour alone. */

/** @typedef {'red' | 'blue' | 'amber' | 'green' | 'grey'} Tone */

/** @type {[string, Tone, string][]} */
const words = [
  ['badge.asked', 'amber', '⏳'],
  ['badge.open', 'red', '●'],
  ['badge.taken', 'blue', '👤'],
  ['badge.closed', 'green', '✓'],
];

/**
 * The state word a card begins with, and what stands beside it.
 * @param {string} text first text of the card
 * @returns {{ tone: Tone; sign: string; word: string; rest: string } | null}
 */
export function stateWord(text) {
  const [first = '', ...more] = text.split('\n');
  const bare = first.replace(/[*_]/g, '').replace(/^[^\p{L}\p{N}]+/u, '');
  for (const [key, tone, sign] of words) {
    const word = inAllLanguages(key).find((one) => bare.startsWith(one));
    if (word)
      return {
        tone,
        sign,
        word,
        rest: [bare.slice(word.length).replace(/^[^\p{L}\p{N}]+/u, ''), ...more].join('\n').trim(),
      };
  }
  return null;
}

/** The nearest of our tones to a colour of an attachment. @param {string | undefined} colour @returns {Tone} */
export function toneOf(colour) {
  const named = { good: 'green', warning: 'amber', danger: 'red' }[colour ?? ''];
  if (named) return /** @type {Tone} */ (named);
  const [red = 0, green = 0, blue = 0] = (colour?.replace('#', '').match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 45) return 'grey';
  if (most === blue) return 'blue';
  if (most === green) return 'green';
  return green > red * 0.45 ? 'amber' : 'red';
}

/** @type {Record<string, Tone>} */
const circles = { '🔴': 'red', '🟠': 'amber', '🟡': 'amber', '🔵': 'blue', '🟢': 'green', '⚪': 'grey' };

/** A coloured circle at the beginning of an item. @param {string} text @returns {Tone | null} */
export const circleOf = (text) => circles[[...text.replace(/^[*_\s]+/, '')][0] ?? ''] ?? null;

/** The same text without its circle: a bar is drawn in its place. @param {string} text */
export const withoutCircle = (text) => text.replace(/^([*_\s]*)[🔴🟠🟡🔵🟢⚪]\s*/u, '$1');
