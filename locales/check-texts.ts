import type { Locales } from './load.ts';

type Language = keyof Locales;
type Text = { language: Language; namespace: string; key: string; text: string };
type Rule = (text: Text) => string | false | undefined;

/** Empty and long texts, long sentences, first lines that tell too much, wrong letters, apostrophes, quotes and spaces. */
export const textFaults = (all: Locales): string[] =>
  everyText(all).flatMap((text) => rules.flatMap((rule) => fault(text, rule)));

function fault(text: Text, rule: Rule): string[] {
  const wrong = rule(text);
  return wrong ? [`${text.language} ${text.namespace}:${text.key}: ${wrong}`] : [];
}

const everyText = (all: Locales): Text[] =>
  (Object.keys(all) as Language[]).flatMap((language) =>
    Object.entries(all[language]).flatMap(([namespace, texts]) =>
      Object.entries(texts).map(([key, text]) => ({ language, namespace, key, text })),
    ),
  );

/** Namespaces read by staff: 20 words a sentence, not 15. */
const staff = new Set(
  'alerts notes tasks refusals work coordinator escalation admin city duty people invitations slack setup glass'.split(
    ' ',
  ),
);

/** Signs (UTF-16) a text may have by what it is shown in; an inserted value counts as two. */
const limits: [RegExp, number][] = [
  [/(^|\.)button\./, 24],
  [/(^|\.)wide\./, 40],
  [/(^|\.)toast\./, 200],
  [/(^|\.)modal\./, 24],
  [/./, 4096],
];

/** What may stand in the first line of a `notice.`: it is read on a locked screen. */
const openInPreview = 'number time when day placeCode caseRef place waiting count minutes score end'.split(' ');
const frightening =
  /насиль|скарг|поліц|небезпек|справ[аиу]|violen|abuz|plânger|poliți|pericol|abuse|complaint|police|danger/i;

const rules: Rule[] = [
  ({ text }) => text.trim() === '' && 'empty',
  ({ text }) => text !== text.trim() && 'starts or ends with a space',
  ({ text }) => text !== text.normalize('NFC') && 'not NFC',
  tooLong,
  longSentence,
  tellsTooMuch,
  ({ text }) => /[şţŞŢ]/.test(text) && 'cedilla instead of comma below',
  ({ text }) => /['ʼ`´]/.test(text) && 'apostrophe other than ’',
  ({ language, text }) => language === 'uk' && /[ёыэъ]/i.test(text) && 'Russian letter',
  wrongQuotes,
  ({ text }) =>
    breakable.test(text) && 'a no-break space is missing (№, nr., ora, before the counted noun, in phone numbers)',
  ({ text }) => /\p{L}\(-?\p{L}{1,3}\)/u.test(text) && 'two genders in one word: find a neutral one',
];

const breakable =
  /№ |nr\. (?=[\d{])|\bno\. (?=[\d{])|\bora (?=\d|\{\{time\}\})|\{\{count\}\} (?=\p{L})|\b\d{3,4} \d{3}\b/iu;

function tooLong({ key, text }: Text): string | undefined {
  const limit = limits.find(([pattern]) => pattern.test(key))?.[1] ?? 4096;
  const { length } = text.replace(/\{\{.*?\}\}/g, '99');
  return length > limit ? `${length} signs, at most ${limit}` : undefined;
}

function longSentence({ namespace, text }: Text): string | undefined {
  const limit = staff.has(namespace) ? 20 : 15;
  const longest = Math.max(...text.split(/\n|(?<=[.!?…]) /).map(wordCount));
  return longest > limit ? `a sentence of ${longest} words, at most ${limit}` : undefined;
}

const wordCount = (sentence: string): number =>
  sentence.split(/\s/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function tellsTooMuch({ namespace, key, text }: Text): string | undefined {
  if (!/(^|\.)notice\./.test(key)) return;
  const [first = ''] = text.split('\n');
  const told = [...first.matchAll(/\{\{(.*?)\}\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !openInPreview.includes(name));
  if (told.length > 0) return `the first line of a notice shows {{${told[0]}}}`;
  return !staff.has(namespace) && frightening.test(first) ? 'the first line of a notice names the matter' : undefined;
}

function wrongQuotes({ language, text }: Text): string | undefined {
  if (text.includes('"')) return 'straight quotes';
  const [open, close] = { uk: '«»', ro: '„”', en: '“”' }[language];
  const foreign = { uk: /”/, ro: /“/, en: /[«»„]/ }[language];
  const times = (sign = '') => text.split(sign).length;
  return foreign.test(text) || times(open) !== times(close) ? `quotes are ${open}…${close}` : undefined;
}
