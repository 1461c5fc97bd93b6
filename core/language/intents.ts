import { foldText, pivot, scripts } from './fold.ts';
import { type Matter, menuWords, phraseRules } from './intent-words.ts';

export type { Matter } from './intent-words.ts';

/** What a message seems to be about; `confidence` from 0 to 1, to be read against the thresholds in settings. [language 2] */
export type MatterGuess = { matter: Matter; confidence: number; ruleId: string };

/**
 * The matter of a short message, by rules only: a menu word alone is 0.95, a known phrase 0.8 or what its rule says.
 * Unsure, long or contradictory is null: the menu and "a person" answer then. Never danger: ask `findDanger` first. [language 2]
 */
export function guessMatter(text: string): MatterGuess | null {
  const folded = foldText(text.replaceAll('🆘', ' sos '));
  const words = folded.match(/[\p{L}\p{N}·]+/gu) ?? [];
  if (words.length === 0 || words.length > 16) return null;
  const forms = readings(text, folded);
  return menuWordIn(forms) ?? phraseIn(forms);
}

/** Whether somebody asks not to be written to, or says the number is not theirs; in uk, ru, ro, en. [language 6] */
export function isStopRequest(text: string): boolean {
  return guessMatter(text)?.matter === 'stop';
}

type Readings = { native: string; skeleton: string | null };

function readings(text: string, folded: string): Readings {
  const { latin, cyrillic } = scripts(folded);
  return { native: folded, skeleton: latin > cyrillic ? pivot(text) : null };
}

function menuWordIn({ native, skeleton }: Readings): MatterGuess | null {
  const matter = menu.get(bare(native)) ?? (skeleton === null ? undefined : menuSkeletons.get(bare(skeleton)));
  return matter ? { matter, confidence: 0.95, ruleId: `menu-${matter}` } : null;
}

function phraseIn({ native, skeleton }: Readings): MatterGuess | null {
  const found = phrases.filter(({ own, latin }) => own.test(native) || (skeleton !== null && latin?.test(skeleton)));
  const strongest = Math.max(0, ...found.map(({ weight }) => weight));
  const best = found.filter(({ weight }) => weight === strongest);
  const [first] = best;
  if (!first || best.some(({ matter }) => matter !== first.matter)) return null;
  return { matter: first.matter, confidence: first.weight, ruleId: first.id };
}

/** The words alone, without signs, courtesies and the slash of a command. */
function bare(folded: string): string {
  return folded.replace(courtesies, ' ').replace(/[.,]/gu, ' ').replace(/ +/gu, ' ').trim();
}

const courtesies =
  / (?:будь ласка|пожалуйста|прошу|va rog|te rog|please|bud laska|pozhaluista|dobrii den|добрий день|buna ziua) /gu;

const menuEntries = Object.entries(menuWords).flatMap(([matter, words]) =>
  words.map((word) => [word, matter as Matter] as const),
);
const menu = new Map(menuEntries.map(([word, matter]) => [bare(foldText(word)), matter]));
const menuSkeletons = new Map(
  menuEntries.filter(([word]) => scripts(word).cyrillic > 0).map(([word, matter]) => [bare(pivot(word)), matter]),
);

const phrases = phraseRules.map((rule) => ({
  ...rule,
  own: asPhrase(rule.pattern),
  latin: scripts(rule.pattern).cyrillic > 0 ? asPhrase(inSkeleton(rule.pattern)) : null,
}));

/** `~` is any ending, ` .. ` up to three words; everything else is a regular expression over folded words. */
function asPhrase(pattern: string): RegExp {
  const source = pattern.replaceAll(' .. ', '\u0001').replaceAll('~', '\\p{L}*').replaceAll(' ', ' (?:, )?');
  return new RegExp(` (?:${source.replaceAll('\u0001', ' (?:[\\p{L}\\p{N},]+ ){0,3}')}) `, 'u');
}

function inSkeleton(pattern: string): string {
  return pattern.replace(/\p{Script=Cyrillic}+/gu, (letters) => pivot(letters).trim());
}
