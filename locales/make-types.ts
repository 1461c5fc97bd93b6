import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locale, readLocale } from './load.ts';

const target = join(import.meta.dirname, 'texts.d.ts');

/** True when `texts.d.ts` no longer says what `ro/*.json` says. */
export const isStale = (): boolean => readTypes() !== makeTypes();

/** The text of `texts.d.ts`: each key with its Romanian text as a literal type, and the plural forms each language owes. */
export function makeTypes(): string {
  const lines = [...formsByKey(readLocale('ro'))].map(
    ([key, forms]) => `  ${literal(key)}: ${forms.map(literal).join(' | ')};\n`,
  );
  return `${head}export type Texts = {\n${lines.join('')}};\n`;
}

const head = `// Written by locales/make-types.ts from locales/ro/*.json; do not edit.

/** The plural forms a language owes for each counted text. */
export type Forms = {
  ro: 'one' | 'few' | 'other';
  uk: 'one' | 'few' | 'many' | 'other';
  en: 'one' | 'other';
};

/** Flat, so that the compiler has nothing to merge. A counted text stands once, with all its forms. */
`;

function formsByKey(locale: Locale): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [namespace, texts] of Object.entries(locale)) {
    for (const [name, text] of Object.entries(texts)) {
      const key = `${namespace}:${name.replace(/_(one|few|many|other)$/, '')}`;
      found.set(key, [...(found.get(key) ?? []), text]);
    }
  }
  return found;
}

const literal = (text: string): string => JSON.stringify(text);

function readTypes(): string {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

if (import.meta.main) writeFileSync(target, makeTypes());
