import { pivotLetters } from './fold.ts';

/** What a tier-1 rule can be about. [language 3] */
export type DangerCategory =
  | 'violence'
  | 'suicide'
  | 'hunger'
  | 'child'
  | 'shelter'
  | 'trafficking'
  | 'medical'
  | 'help';

/**
 * A rule as data. The pattern is read over `foldText`: `~` any ending, `..` up to three words without "not", `$` end of
 * the clause, `^` and `&` begin and end of the message, `<name>` a word list of that table; the rest is a regular
 * expression. `firm` = no film or lecture excuses it.
 */
export type DangerRule = {
  readonly id: string;
  readonly category: DangerCategory;
  readonly pattern: string;
  readonly positive: string;
  readonly negative: string;
  readonly firm?: boolean;
};

/** A rule ready to read; `hitsPivot` is always false for rules written in Latin letters. */
export type CompiledDanger = {
  ruleId: string;
  category: DangerCategory;
  hits: (folded: string) => boolean;
  hitsPivot: (skeleton: string) => boolean;
};

/** Makes a rule readable by machine, once, at start. */
export function compileDanger(rule: DangerRule): CompiledDanger {
  const native = compilePattern(rule.pattern);
  const latin = /\p{Script=Cyrillic}/u.test(rule.pattern) ? compilePattern(pivotPattern(rule.pattern)) : null;
  const told = rule.firm ? null : nativeTales;
  return {
    ruleId: rule.id,
    category: rule.category,
    hits: (folded) => isFound(native, folded, told),
    hitsPivot: (skeleton) => latin !== null && isFound(latin, skeleton, rule.firm ? null : pivotTales),
  };
}

/** Puts the word lists of a table into its patterns. Refuses an unknown name. */
export function withWords(
  words: Readonly<Record<string, string>>,
  rules: readonly DangerRule[],
): readonly DangerRule[] {
  const fill = (pattern: string): string =>
    pattern.replace(/<([a-z]+)>/gu, (_, name: string) => {
      const list = words[name];
      if (list === undefined) throw new Error(`no word list <${name}> in ${pattern}`);
      return `(?:${fill(list)})`;
    });
  return rules.map((rule) => ({ ...rule, pattern: fill(rule.pattern) }));
}

/** Pattern notation -> regular expression over a folded text. */
function compilePattern(pattern: string): RegExp {
  const source = pattern
    .replaceAll(' .. ', '\u0001')
    .replaceAll('$', '\u0002')
    .replaceAll('^', '\u0003')
    .replaceAll('&', '\u0004')
    .replaceAll('~', '\\p{L}*')
    .replaceAll(' ?', '\u0005')
    .replaceAll(' ', ' (?:, )?')
    .replaceAll('\u0005', '(?: (?:, )?)?')
    .replaceAll('\u0001', `(?: (?:, )?(?!(?:${negations}) )[\\p{L}\\p{N}]+){0,3} (?:, )?`)
    .replaceAll('\u0002', '(?:(?= [.,]| $)|(?<= )(?=[.,]|$))')
    .replaceAll('\u0003', '(?<=^ )')
    .replaceAll('\u0004', '(?= (?:[.,] )*$)');
  return new RegExp(`(?<= )(?:${source})(?= )`, 'gu');
}

/** The same pattern for the Latin skeleton: only its Cyrillic letters change. */
function pivotPattern(pattern: string): string {
  return pattern.replace(/\p{Script=Cyrillic}+/gu, (letters) => pivotLetters(letters));
}

/** Found, not just after "not", and not told of a film or a lecture earlier in the sentence. */
function isFound(pattern: RegExp, text: string, tales: RegExp | null): boolean {
  for (const found of text.matchAll(pattern)) {
    const before = text.slice(0, found.index);
    const sentence = before.slice(before.lastIndexOf(' . ') + 1);
    if (!justNegated.test(before) && !tales?.test(` ${sentence} `)) return true;
  }
  return false;
}

const negations = 'не|ні|ніколи|никогда|nu|n|nici|niciodata|ne|ni|nikoli|nikohda|not|never|dont|doesnt|didnt';

const justNegated = / (?:не|nu|not|never|doesnt|dont|didnt) $/u;

/** Words after which violence is a tale, not a report. */
const tales = [
  'фільм~',
  'серіал~',
  'кіно',
  'мультик~',
  'мультфільм~',
  'книг~',
  'книзі',
  'новин~',
  'пісн~',
  'казк~',
  'вистав~',
  'лекці~',
  'семінар~',
  'тренінг~',
  'статт~',
  'фильм~',
  'сериал~',
  'кино',
  'книг~',
  'новост~',
  'песн~',
  'сказк~',
  'лекци~',
  'семинар~',
  'тренинг~',
  'стать~',
  'film',
  'filmul~',
  'filme~',
  'serial',
  'serialul~',
  'carte',
  'cartea',
  'cartii',
  'stiri',
  'stirile',
  'cantec~',
  'poveste',
  'piesa',
  'articol~',
  'seminar~',
  'conferint~',
  'emisiun~',
  'movie~',
  'book',
  'news',
  'lecture',
];

const nativeTales = talesRegExp(tales);
const pivotTales = talesRegExp(tales.map(pivotPattern));

function talesRegExp(words: readonly string[]): RegExp {
  return new RegExp(` (?:${words.join('|').replaceAll('~', '\\p{L}*')}) `, 'u');
}
