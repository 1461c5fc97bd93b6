/**
 * Normal forms of what people type. Each is for one purpose: `tidy` keeps the text readable, `foldText` is what
 * native rules read, `pivot` is one Latin skeleton for Cyrillic and transliteration. [language 2, 7]
 */

/** Readable and uniform: NFC, cedilla letters as comma letters, one apostrophe (U+2019), no invisible signs. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '')
    .replace(/[şţŞŢ]/gu, (letter) => commaLetters[letter] ?? letter)
    .replace(/[\u00A0\u202F]/gu, ' ')
    .replace(/(?<=\p{L})['`´ʼ‘](?=\p{L})/gu, '’');
}

/** Takes the marks off Latin letters (ș -> s, ă -> a); Cyrillic й and ї keep theirs. */
export function stripMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/giu, '')
    .normalize('NFC');
}

/**
 * What rules read: lower case, no marks, no apostrophes, ё = е, ґ = г, hyphens as spaces, words one space apart; a
 * sentence end is the word `.`, a comma the word `,`. Begins and ends with a space.
 */
export function foldText(text: string): string {
  const plain = stripMarks(tidy(text).toLowerCase()).replace(/ё/gu, 'е').replace(/ґ/gu, 'г');
  const spaced = plain
    .replace(/’/gu, '')
    .replace(/(?!i)(\p{L})\1{2,}/gu, '$1') // Romanian writes copiii
    .replace(/i{4,}/gu, 'i')
    .replace(/(?<=\d)[.,:](?=\d)/gu, '·')
    .replace(/[.!?;…\n]+/gu, ' . ')
    .replace(/,+/gu, ' , ')
    .replace(/[^\p{L}\p{N}.,·]+/gu, ' ');
  return ` ${spaced.trim().split(/ +/u).map(oneScript).join(' ')} `;
}

/** The Latin skeleton of a folded text: завтра, zavtra and Zavtra meet. Digits and signs stay. [language 2] */
export function pivot(text: string): string {
  const latin = foldText(text)
    .replace(/ьо/gu, 'io')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => latinOf[letter] ?? '');
  return skeleton(latin);
}

/** The skeleton of a run of letters, as `pivot` makes it but without spaces around: for writing patterns. */
export function pivotLetters(letters: string): string {
  return pivot(letters).trim();
}

/** Counts of letters by script. */
export function scripts(text: string): { latin: number; cyrillic: number } {
  return {
    latin: text.match(/\p{Script=Latin}/gu)?.length ?? 0,
    cyrillic: text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0,
  };
}

/** g/h, y/i/j, v/w, c/ts, kh/h/x, sch/shch, ye/ie/yo/e and doubled letters fold. */
function skeleton(latin: string): string {
  return latin
    .replace(/(?<=\p{L})4(?=\p{L})|(?<![\d\p{L}])4(?=\p{L}{2})/gu, 'ch')
    .replace(/cz/gu, 'ch')
    .replace(/c(?!h)/gu, 'ts')
    .replace(/kh|gh|[gx]/gu, 'h')
    .replace(/[yj]/gu, 'i')
    .replace(/w/gu, 'v')
    .replace(/(?<=s)ch/gu, 'hch')
    .replace(/i+[eo]/gu, 'e')
    .replace(/(\p{L})\1+/gu, '$1');
}

/** A Cyrillic word with Latin look-alikes inside (Дитинy) becomes all Cyrillic. */
function oneScript(word: string): string {
  const { latin, cyrillic } = scripts(word);
  if (latin === 0 || cyrillic <= latin) return word;
  return word.replace(/[aeiopcyxk]/gu, (letter) => lookAlikes[letter] ?? letter);
}

const commaLetters: Record<string, string> = { ş: 'ș', ţ: 'ț', Ş: 'Ș', Ţ: 'Ț' };

const lookAlikes: Record<string, string> = { a: 'а', e: 'е', i: 'і', o: 'о', p: 'р', c: 'с', y: 'у', x: 'х', k: 'к' };

const latinOf: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
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
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};
