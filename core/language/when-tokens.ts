import { pivot, scripts, stripMarks, tidy } from './fold.ts';
import { contrasts, fusedHalf, refusals, refusalsAnyScript, type WordClass, wordRows, wordRuns } from './when-words.ts';

/**
 * One word or number of a message about time. Beside the word classes: S clock 14:30 · d dotted 12.05 · Z whole date ·
 * E numbered day 20-го · G range 10-12 · Y year · w any other word.
 */
export type WhenToken = {
  class_: WordClass | 'S' | 'd' | 'Z' | 'E' | 'G' | 'Y' | 'w';
  values: readonly number[];
  text: string;
};

/** The tokens of a message; a clause with "not" is left out when another clause speaks of time. [language 4] */
export function whenTokens(text: string, mayBeTranslit: boolean): WhenToken[] {
  const plain = plainText(text);
  const clauses = plain.split(contrasts).map((clause) => ({
    tokens: joinTens(tokensOf(clause, mayBeTranslit)),
    isRefused: (mayBeTranslit ? refusalsAnyScript : refusals).test(clause),
  }));
  const wanted = clauses.filter(({ tokens, isRefused }) => !isRefused && tokens.some(isTelling));
  const kept = wanted.length > 0 ? clauses.filter(({ isRefused }) => !isRefused) : clauses;
  return kept.flatMap(({ tokens }) => tokens);
}

function plainText(text: string): string {
  const folded = stripMarks(tidy(text).toLowerCase())
    .replace(/ё/gu, 'е')
    .replace(/’/gu, '')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ');
  const short = folded.replace(/(?<=\p{L}{2})\.(?= ?[\d,]| ?\p{L}|$)/gu, (dot, at: number) =>
    isAbbreviation(folded, at) ? ' ' : dot,
  );
  const cut = short.replace(fusedHalf, '$1 ');
  return wordRuns.reduce(
    (all, [words, instead]) => all.replace(new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'gu'), ` ${instead} `),
    cut,
  );
}

/** "2 dec. 15:00": the dot of a short month is no end of a clause. */
function isAbbreviation(text: string, dotAt: number): boolean {
  return /(?<!\p{L})(?:ian|feb|mar|apr|iun|iul|aug|sept?|oct|noi?v|dec|янв|фев|апр|авг|сент?|окт|ноя|дек|січ|лют|квіт|трав|черв|лип|серп|вер|жовт|груд|год|хв|мин)$/u.test(
    text.slice(0, dotAt),
  );
}

const shapes: readonly (readonly [RegExp, WhenToken['class_']])[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/u, 'Z'],
  [/^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/u, 'Z'],
  [/^(\d{1,2})(?::|h)(\d{2})$/u, 'S'],
  [/^(\d{1,2})[./](\d{1,2})$/u, 'd'],
  [/^(\d{1,2}) ?[-–] ?(\d{1,2})$/u, 'G'],
  [/^(\d{1,2})(?: ?- ?)?(?:го|те|ге|е|ого|ої|й|ій|th|st|nd|rd|ho|te)$/u, 'E'],
  [/^(20\d\d)$/u, 'Y'],
  [/^(\d{1,3})$/u, 'N'],
];

const pieces =
  /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:h]\d{2}(?!\d)|\d{1,2}[./]\d{1,2}(?!\d)|\d{1,2} ?[-–] ?\d{1,2}(?!\d|-?\p{L})|\d{1,2}(?: ?- ?)?(?:го|те|ге|е|ого|ої|й|ій|th|st|nd|rd|ho|te)(?!\p{L})|\d+|\p{L}+/gu;

function tokensOf(clause: string, mayBeTranslit: boolean): WhenToken[] {
  return (clause.match(pieces) ?? []).map((piece) =>
    /\d/u.test(piece) ? numberToken(piece) : wordToken(piece, mayBeTranslit),
  );
}

function numberToken(piece: string): WhenToken {
  for (const [shape, class_] of shapes) {
    const found = shape.exec(piece);
    if (found) return { class_, values: wholeDate(class_, found.slice(1).map(Number), piece), text: piece };
  }
  return { class_: 'w', values: [], text: piece };
}

/** Year, month, day in this order, whatever was typed. */
function wholeDate(class_: string, values: number[], piece: string): number[] {
  if (class_ !== 'Z' || /^\d{4}/u.test(piece)) return values;
  const [day = 0, month = 0, year = 0] = values;
  return [year < 100 ? 2000 + year : year, month, day];
}

function wordToken(word: string, mayBeTranslit: boolean): WhenToken {
  const own = words.find(({ pattern }) => pattern.test(word));
  const isLatin = scripts(word).cyrillic === 0;
  const latin =
    own || !isLatin || (word.length < 3 && !mayBeTranslit)
      ? undefined
      : skeletons.find(({ pattern }) => pattern.test(pivot(word).trim()));
  const row = own ?? latin;
  return row ? { class_: row.class_, values: [row.value], text: word } : { class_: 'w', values: [], text: word };
}

const words = wordRows.map(([class_, value, list]) => ({ class_, value, pattern: wholeWord(list) }));
const skeletons = wordRows
  .filter(([, , list]) => scripts(list).cyrillic > 0)
  .map(([class_, value, list]) => ({
    class_,
    value,
    pattern: wholeWord(list.replace(/\p{Script=Cyrillic}+/gu, (run) => pivot(run).trim())),
  }));

function wholeWord(list: string): RegExp {
  return new RegExp(`^(?:${list.replaceAll('~', '\\p{L}*')})$`, 'u');
}

/** двадцять перше, douăzeci și cinci: one number. */
function joinTens(tokens: readonly WhenToken[]): WhenToken[] {
  const joined: WhenToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const tens = last?.class_ === 's' ? joined.at(-2) : last;
    if (
      tens &&
      isWordTens(tens) &&
      'NO'.includes(token.class_) &&
      (token.values[0] ?? 0) < 10 &&
      !/\d/u.test(token.text)
    ) {
      joined.splice(joined.indexOf(tens), 2, { ...token, values: [(tens.values[0] ?? 0) + (token.values[0] ?? 0)] });
    } else joined.push(token);
  }
  return joined;
}

function isWordTens({ class_, values, text }: WhenToken): boolean {
  return class_ === 'N' && [20, 30, 40, 50].includes(values[0] ?? 0) && !/\d/u.test(text);
}

function isTelling({ class_ }: WhenToken): boolean {
  return 'RWMPSdZEGCNO'.includes(class_);
}
