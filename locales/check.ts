import { keyFaults } from './check-keys.ts';
import { textFaults } from './check-texts.ts';
import { type Locales, type Notes, readLocale, readNotes } from './load.ts';

/** What is wrong with the locale files, one line each: keys and plural forms, placeholders, lengths, wording, typography, notes. */
export function checkLocales(given?: Locales, notes?: Notes): string[] {
  const all = given ?? { uk: readLocale('uk'), ro: readLocale('ro'), en: readLocale('en') };
  return [...keyFaults(all), ...textFaults(all), ...noteFaults(all, notes ?? (given ? {} : readNotes()))];
}

const noteFaults = ({ ro }: Locales, notes: Notes): string[] =>
  Object.entries(notes).flatMap(([namespace, ofNamespace]) =>
    Object.entries(ofNamespace).flatMap(([key, { params = {} }]) => {
      const texts = Object.entries(ro[namespace] ?? {}).filter(
        ([name]) => name.replace(/_(one|few|many|other)$/, '') === key,
      );
      if (texts.length === 0) return [`notes ${namespace}:${key}: a note on no text`];
      const gone = Object.keys(params).filter((name) => !texts.some(([, text]) => text.includes(`{{${name}}}`)));
      return gone.map((name) => `notes ${namespace}:${key}: a note on {{${name}}}, which is not in the text`);
    }),
  );

if (import.meta.main) {
  const faults = checkLocales();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
