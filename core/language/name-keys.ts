import { stripMarks, tidy } from './fold.ts';
import { givenNames } from './given-names.ts';

/**
 * The search keys of a name, per word: the full key, `~` and the key without vowels, `=` and the key of the canonical
 * given name. Шевченко, Shevchenko and Șevcenco share theirs; stored only as blind indexes. [language 7, delivery 7]
 */
export function nameKeys(name: string): string[] {
  return [...new Set(wordsOf(name).flatMap(keysOfWord))];
}

/**
 * How far two names are, for ranking: 0 the same word for word, up to 1 one letter of the key apart per word, 3 and more
 * unlike. Order of words does not count; a word missing on one side costs little. [language 7]
 */
export function nameDistance(one: string, other: string): number {
  const [short, long] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (!short?.length || !long?.length) return unlike;
  const best = short.map((word) => Math.min(...long.map((candidate) => wordDistance(word, candidate))));
  return best.reduce((sum, distance) => sum + distance, 0) / best.length + (long.length - short.length) * 0.05;
}

/** The full key of one word: one skeleton for passport, Romanian and Russian spelling. */
export function fullKey(word: string): string {
  const latin = stripMarks(tidy(word).toLowerCase()).replace(/’|'|\u0301/gu, '');
  return latin
    .replace(/sh?ch|щ|zgh|sh|zh|kh|gh|ch|t[sz]|x|j(?=[aeiouy])|./gu, (letters) => classes[letters] ?? letters)
    .replace(/(.)\1+/gu, '$1')
    .replace(/i(?=[aeou])|(?<=[aeou])i/gu, '')
    .replace(/(.)\1+/gu, '$1');
}

/** The key without vowels. */
export function bareKey(word: string): string {
  return fullKey(word)
    .replace(/[aeiou]/gu, '')
    .replace(/(.)\1+/gu, '$1');
}

const unlike = 3;

function wordsOf(name: string): string[] {
  return (
    tidy(name)
      .match(/[\p{L}\p{M}’']+/gu)
      ?.filter((word) => word.length > 1) ?? []
  );
}

function keysOfWord(word: string): string[] {
  const full = fullKey(word);
  const bare = bareKey(word);
  const canonical = canonicalGiven.get(full);
  return [full, ...(bare.length >= 3 ? [`~${bare}`] : []), ...(canonical ? [`=${canonical}`] : [])];
}

function wordDistance(one: string, other: string): number {
  const [a, b] = [fullKey(one), fullKey(other)];
  if (one.toLowerCase() === other.toLowerCase()) return 0;
  if (a === b) return 0.1;
  const given = canonicalGiven.get(a);
  if (given !== undefined && given === canonicalGiven.get(b)) return 0.3;
  const [bareA, bareB] = [bareKey(one), bareKey(other)];
  if (bareA === bareB && bareA.length >= 3) return 0.5;
  const edits = editDistance(a, b);
  return edits === 1 && Math.min(a.length, b.length) >= 3 ? 1 : unlike;
}

/** Letters inserted, left out or changed between two short words. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [at, facing] of [...other].entries()) {
      const changed = (above[at] ?? 0) + (letter === facing ? 0 : 1);
      line.push(Math.min(changed, (above[at + 1] ?? 0) + 1, (line[at] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}

/** Letters and letter groups by class; what is not here stays. */
const classes: Readonly<Record<string, string>> = {
  shch: 'sk',
  sch: 'sk',
  щ: 'sk',
  zgh: 'zh',
  sh: 's',
  zh: 'z',
  kh: 'h',
  gh: 'h',
  ch: 'k',
  ts: 't',
  tz: 't',
  x: 'ks',
  j: 'z',
  g: 'h',
  c: 'k',
  q: 'k',
  w: 'v',
  y: 'i',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'h',
  д: 'd',
  е: 'e',
  є: 'ie',
  ё: 'io',
  ж: 'z',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 't',
  ч: 'k',
  ш: 's',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

const canonicalGiven = new Map(
  givenNames.flatMap((forms) => forms.map((form) => [fullKey(form), fullKey(forms[0] ?? form)] as const)).reverse(),
);
