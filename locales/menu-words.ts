import type { Key } from '#core/phrase.ts';
import { locales } from './load.ts';

/** Keys of the buttons that have this text in any language; used by `keysSaying` of `say`, which tells what does not count. */
export function buttonKeys(text: string): Key[] {
  const typed = folded(text);
  return [...(keysByText().get(typed) ?? keysByText().get(typed.replace(/ \d+$/, '')) ?? [])];
}

let known: Map<string, Set<Key>> | undefined;

const keysByText = (): Map<string, Set<Key>> => (known ??= collect());

function collect(): Map<string, Set<Key>> {
  const found = new Map<string, Set<Key>>();
  for (const [key, text] of buttonTexts()) {
    const said = folded(text.replace(/\{\{\w+\}\}/g, ''));
    if (said !== '') found.set(said, (found.get(said) ?? new Set()).add(key));
  }
  return found;
}

const buttonTexts = (): [Key, string][] =>
  Object.values(locales()).flatMap((locale) =>
    Object.entries(locale).flatMap(([namespace, texts]) =>
      Object.entries(texts)
        .filter(([key]) => /(^|\.)(button|wide)\./.test(key))
        .map(([key, text]): [Key, string] => [`${namespace}:${key}` as Key, text]),
    ),
  );

/** Letters and digits only, small, without marks: «🆘 Потрібна допомога» and «потрiбна допомога» meet when typed on any keyboard. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ґ', 'г')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
