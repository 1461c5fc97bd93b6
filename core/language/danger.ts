import { compileDanger, type DangerCategory, type DangerRule } from './danger-pattern.ts';
import { englishDanger } from './danger-rules-en.ts';
import { romanianDanger } from './danger-rules-ro.ts';
import { russianDanger } from './danger-rules-ru.ts';
import { ukrainianDanger } from './danger-rules-uk.ts';
import { foldText, pivot, scripts } from './fold.ts';

export type { DangerCategory, DangerRule } from './danger-pattern.ts';

/** One tier-1 hit: which rule, and of what kind the danger is. */
export type DangerHit = { ruleId: string; category: DangerCategory };

/** How far and how fast the alert climbs. */
export type DangerLevel = 'life' | 'abuse' | 'urgent';

/** Every tier-1 rule, as data: tests and staff read the same table. [language 3] */
export const dangerRules: readonly DangerRule[] = [
  ...ukrainianDanger,
  ...russianDanger,
  ...romanianDanger,
  ...englishDanger,
];

/**
 * Tier-1 danger in a message; empty means no rule, never "safe": a person sees every free text. Native script first,
 * the Latin pivot only for Ukrainian and Russian written in Latin letters. [language 3]
 */
export function findDanger(text: string): DangerHit[] {
  const native = foldText(text);
  const { latin, cyrillic } = scripts(native);
  const skeleton = latin > cyrillic ? pivot(text) : null;
  return compiled
    .filter((rule) => rule.hits(native) || (skeleton !== null && rule.hitsPivot(skeleton)))
    .map(({ ruleId, category }) => ({ ruleId, category }));
}

/**
 * Makes the patterns ready, one rule at a turn; 2 s of work in all. The engine compiles a pattern when it is first used, and again for the second
 * use, apart for each alphabet: without this the first words of danger in a process wait for it.
 */
export function* readyingDanger(): Generator<void> {
  if (isReady) return;
  for (const rule of compiled) {
    for (const sample of samples) for (let use = 0; use < 2; use++) rule.hits(sample);
    for (let use = 0; use < 2; use++) rule.hitsPivot(samples[1] ?? '');
    yield;
  }
  for (const hit of hits) {
    findDanger(hit);
    yield;
    findDanger(hit);
    yield;
  }
  isReady = true;
}

/** Whether danger is found in no time: before, asking would hold up who asks for as long as `readyingDanger` takes. */
export const isDangerReady = (): boolean => isReady;
let isReady = false;

/** One text of each alphabet; they say nothing. What looks for tales is asked only when there is a hit. */
const samples = ['він сказав, що прийде завтра', 'a zis ca vine maine'].map(foldText);
const hits = ['він мене б’є, допоможіть', 'ma bate, ajutor', 'vin mene bje, dopomozhit'];

/** The level of what comes from a beneficiary; none of the graver categories is `urgent`. [delivery 5] */
export function levelOf(categories: readonly DangerCategory[]): DangerLevel {
  if (categories.some((category) => lifeCategories.includes(category))) return 'life';
  return categories.some((category) => abuseCategories.includes(category)) ? 'abuse' : 'urgent';
}

const lifeCategories: readonly DangerCategory[] = ['suicide', 'medical', 'violence', 'help'];
const abuseCategories: readonly DangerCategory[] = ['child', 'trafficking'];

const compiled = dangerRules.map(compileDanger);
