import { createInstance } from 'i18next';
import type { Key, Language, List, Moment, Param, Phrase, Words } from '#core/phrase.ts';
import { type Unconfirmed, unconfirmedTexts } from '#locales/confirmed.ts';
import { locales } from '#locales/load.ts';
import { buttonKeys } from '#locales/menu-words.ts';
import { clean } from '#locales/own-words.ts';
import { spokenMoment } from '#locales/spoken-moment.ts';

const i18n = createInstance();
i18n.init({
  resources: locales(),
  ns: Object.keys(locales().ro),
  fallbackLng: false,
  keySeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
});
const texts = { uk: i18n.getFixedT('uk'), ro: i18n.getFixedT('ro'), en: i18n.getFixedT('en') };

/**
 * The text of a phrase in the reader's language. Dates are Romanian time and carry the year if it is not the year of `now`.
 * Throws on a key that no longer exists: a key is never shown to a person. Marks of a chat's own format are escaped by `render`.
 */
export function say(phrase: Phrase, language: Language, now?: Date): string {
  const key: string = phrase.key; // as the union of all keys, i18next's types take the compiler 6 s
  if (!i18n.exists(key, { lng: language, count: 1 })) throw new UnknownPhrase(key, language);
  const replace = Object.fromEntries(
    Object.entries(phrase.params).map(([name, value]) => [name, sayParam(value, language, now)]),
  );
  const { count } = phrase.params;
  return texts[language](key, { replace, nest: false, ...(typeof count === 'number' ? { count } : {}) });
}

/** Several phrases as one text, one under another. */
export const sayAll = (phrases: readonly Phrase[], language: Language, now?: Date): string =>
  phrases.map((phrase) => say(phrase, language, now)).join('\n');

/**
 * The buttons (`button.`, `wide.`) that have exactly this text in any language, so that a typed menu word finds its button.
 * Case, emoji, spaces, apostrophes, accents and a number at the end («Завдання · 3») do not count. Several may share a text.
 */
export const keysSaying = (text: string): Key[] => buttonKeys(text);

/** The texts a native social worker has yet to confirm before an office goes live, for the administrator's screen. */
export const textsToConfirm = (): Unconfirmed[] => unconfirmedTexts();

/** A stored phrase whose key is in no locale file any more. */
export class UnknownPhrase extends Error {
  constructor(key: string, language: Language) {
    super(`no text for ${key} in ${language}`);
  }
}

function sayParam(value: Param, language: Language, now?: Date): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return clean(value);
  if (isPhraseParam(value)) return say(value, language, now);
  if ('words' in value) return clean(value.words);
  if ('list' in value) return value.list.map((item) => sayParam(item, language, now)).join(', ');
  if ('lines' in value) return value.lines.map((item) => sayParam(item, language, now)).join('\n');
  return spokenMoment(value, language, now);
}

const isPhraseParam = (value: Phrase | Moment | Words | List): value is Phrase => 'key' in value;
