import type { Locales, Namespace } from './load.ts';

const languages = ['uk', 'ro', 'en'] as const;
type Language = (typeof languages)[number];

/** Keys missing or left over, plural forms a language owes, placeholders that differ, keys that are leaf and branch. */
export function keyFaults(all: Locales): string[] {
  const namespaces = new Set(languages.flatMap((language) => Object.keys(all[language])));
  return [...namespaces].flatMap((namespace) => namespaceFaults(namespace, all));
}

const isForm = /_(zero|one|two|few|many|other)$/;
const base = (key: string): string => key.replace(isForm, '');

function namespaceFaults(namespace: string, all: Locales): string[] {
  const texts = (language: Language): Namespace => all[language][namespace] ?? {};
  const keys = new Set(languages.flatMap((language) => Object.keys(texts(language))));
  const bases = new Set([...keys].map(base));
  return [
    ...[...bases].flatMap((key) =>
      languages.flatMap((language) => formFaults(key, keys, texts(language), language, namespace)),
    ),
    ...[...bases].flatMap((key) => placeholderFaults(key, namespace, all)),
    ...shapeFaults(bases, namespace),
  ];
}

function formFaults(
  key: string,
  everywhere: Set<string>,
  texts: Namespace,
  language: Language,
  namespace: string,
): string[] {
  const owed = owedKeys(key, everywhere, language);
  const had = Object.keys(texts).filter((name) => base(name) === key);
  return [
    ...owed.filter((name) => !had.includes(name)).map((name) => `${language} ${namespace}:${name}: missing`),
    ...had
      .filter((name) => !owed.includes(name))
      .map((name) => `${language} ${namespace}:${name}: a form this language does not have`),
  ];
}

function owedKeys(key: string, everywhere: Set<string>, language: Language): string[] {
  const isCounted = [...everywhere].some((name) => isForm.test(name) && base(name) === key);
  if (!isCounted) return [key];
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => `${key}_${form}`);
}

function placeholderFaults(key: string, namespace: string, all: Locales): string[] {
  const asked = placeholders(key, all.ro[namespace]);
  return languages
    .filter((language) => placeholders(key, all[language][namespace]) !== asked)
    .map(
      (language) =>
        `${language} ${namespace}:${key}: takes ${placeholders(key, all[language][namespace])}, ro takes ${asked}`,
    );
}

/** The names that any form of the key takes, as one text; forms of one key must not differ. */
function placeholders(key: string, texts: Namespace = {}): string {
  const forms = Object.keys(texts).filter((name) => base(name) === key);
  const taken = forms.map((name) =>
    [...(texts[name] ?? '').matchAll(/\{\{(.*?)\}\}/g)]
      .map(([, p]) => p)
      .sort()
      .join(' '),
  );
  return [...new Set(taken.map((names) => [...new Set(names.split(' '))].join(' ')))].join(' | ');
}

function shapeFaults(bases: Set<string>, namespace: string): string[] {
  const keys = [...bases];
  const branches = keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)));
  const odd = keys.filter((key) => !/^[a-z][A-Za-z0-9]*(\.[a-z0-9][A-Za-z0-9]*)*$/.test(key));
  return [
    ...branches.map((key) => `${namespace}:${key}: both a leaf and a branch`),
    ...odd.map((key) => `${namespace}:${key}: keys are words with dots; _ is for plural forms only`),
  ];
}
