import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Key -> text, as one file holds them. */
export type Namespace = { [key: string]: string };
/** Namespace -> its texts. */
export type Locale = { [namespace: string]: Namespace };
export type Locales = { uk: Locale; ro: Locale; en: Locale };

let read: Locales | undefined;

/** All texts of all languages, read from disk once per process. */
export const locales = (): Locales => (read ??= { uk: readLocale('uk'), ro: readLocale('ro'), en: readLocale('en') });

/** The texts of one language, fresh from disk. */
export const readLocale = (language: 'uk' | 'ro' | 'en'): Locale => readFolder(language);

/** What a text and its parameters are about, for translators: namespace -> key without plural ending -> note. */
export type Notes = { [namespace: string]: { [key: string]: { note?: string; params?: { [name: string]: string } } } };

/** The translators' notes, fresh from disk. */
export const readNotes = (): Notes => readFolder('notes');

// The files are ours and `check` reads each of them, so their shape is taken as given.
function readFolder<T>(folder: string): { [namespace: string]: T } {
  const path = join(import.meta.dirname, folder);
  const files = readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(path, file), 'utf8'))]),
  );
}
