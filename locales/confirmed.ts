import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from './load.ts';

/** A text that a native social worker has yet to confirm before an office goes live, and in which languages. */
export type Unconfirmed = {
  key: string;
  about: 'consent' | 'danger' | 'words';
  languages: ('uk' | 'ro')[];
  texts: { uk: string; ro: string };
};

/** The list of voice.md that is still open. A confirmation holds the text it was given for and lapses when that changes. */
export const unconfirmedTexts = (record: Confirmations = readRecord()): Unconfirmed[] =>
  Object.entries(record.toConfirm).flatMap(([about, patterns]) =>
    patterns
      .flatMap(keysMatching)
      .map((key) => unconfirmed(key, about as Unconfirmed['about'], record))
      .filter(({ languages }) => languages.length > 0),
  );

type Confirmation = { on: string; by: string; text: string };
type Confirmations = {
  toConfirm: { [about in Unconfirmed['about']]: string[] };
  confirmed: { uk: { [key: string]: Confirmation }; ro: { [key: string]: Confirmation } };
};

function unconfirmed(key: string, about: Unconfirmed['about'], { confirmed }: Confirmations): Unconfirmed {
  const texts = { uk: textOf(key, 'uk'), ro: textOf(key, 'ro') };
  const languages = (['uk', 'ro'] as const).filter((language) => confirmed[language][key]?.text !== texts[language]);
  return { key, about, languages, texts };
}

function keysMatching(pattern: string): string[] {
  const [namespace = '', name = ''] = pattern.split(':');
  if (!name.endsWith('*')) return [pattern];
  const keys = Object.keys(locales().ro[namespace] ?? {});
  return keys.filter((key) => key.startsWith(name.slice(0, -1))).map((key) => `${namespace}:${key}`);
}

function textOf(key: string, language: 'uk' | 'ro'): string {
  const [namespace = '', name = ''] = key.split(':');
  const text = locales()[language][namespace]?.[name];
  if (text === undefined) throw new Error(`confirmed.json names ${key}, which is in no ${language} file`);
  return text;
}

const readRecord = (): Confirmations => JSON.parse(readFileSync(join(import.meta.dirname, 'confirmed.json'), 'utf8'));
