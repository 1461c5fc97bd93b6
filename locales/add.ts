import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTypes } from './make-types.ts';

/** A phrase as in the phrasebook: a plural form a language does not have is left out. */
type Row = { key: string; uk?: string; ro?: string; en?: string; note?: string; params?: { [name: string]: string } };

/**
 * Writes phrases into the files of all languages, their notes too, and the types anew:
 * `node locales/add.ts new.json`, where new.json is { "alerts": [{ "key", "uk", "ro", "en", "note", "params" }] }.
 * A key that is there keeps its place and gets the new text; a new one goes to the end of its file.
 */
export function addPhrases(book: { [namespace: string]: Row[] }, folder: string = import.meta.dirname): void {
  for (const [namespace, rows] of Object.entries(book)) {
    for (const language of ['uk', 'ro', 'en'] as const) {
      change(join(folder, language, `${namespace}.json`), textsOf(rows, language));
    }
    change(join(folder, 'notes', `${namespace}.json`), notesOf(rows));
  }
}

const textsOf = (rows: Row[], language: 'uk' | 'ro' | 'en'): [string, string][] =>
  rows.flatMap(({ key, [language]: text }) => (text === undefined ? [] : [[key, text]]));

const notesOf = (rows: Row[]): [string, { note?: string; params?: { [name: string]: string } }][] =>
  rows
    .filter(({ note, params }) => note || Object.keys(params ?? {}).length > 0)
    .map(({ key, note, params }) => [
      key.replace(/_(one|few|many|other)$/, ''),
      { ...(note ? { note } : {}), ...(params && Object.keys(params).length > 0 ? { params } : {}) },
    ]);

/** One key a line, no-break spaces written out so that they can be seen. */
function change(path: string, entries: [string, unknown][]): void {
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const after = { ...before, ...Object.fromEntries(entries) };
  writeFileSync(path, `${JSON.stringify(after, null, 2).replaceAll('\u00a0', '\\u00a0')}\n`);
}

const [file] = import.meta.main ? process.argv.slice(2) : [];
if (file) {
  addPhrases(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(join(import.meta.dirname, 'texts.d.ts'), makeTypes());
}
