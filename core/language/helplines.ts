import type { DangerCategory } from './danger-pattern.ts';
import file from './helplines.json' with { type: 'json' };

/** A number to call: what it is for in three languages, its source, and whether a person has checked it. */
export type Helpline = {
  id: string;
  number: string;
  tel: string;
  channel: string;
  area: string;
  name: { ro: string; uk: string; en: string };
  what: { ro: string; uk: string; en: string };
  hours: string | null;
  free: boolean | null;
  languages: string[];
  source: string;
  sourceDate: string | null;
  verifiedAt: string | null;
  confidence: string;
};

/** Every number of the file, also the hidden ones; for the staff's list. */
export const helplines: readonly Helpline[] = file.helplines;

/** What to show in danger: 112 first, then the fitting lines; of confidence low none until a person has checked it. [language 3] */
export function helplinesFor(category: DangerCategory): Helpline[] {
  return ['emergency-112', ...fitting[category]]
    .map((id) => helplines.find((line) => line.id === id))
    .filter((line) => line !== undefined)
    .filter(isShown);
}

/** Shown lines nobody has called yet: staff are warned of them. [language 3] */
export function unverifiedHelplines(): Helpline[] {
  return helplines.filter((line) => isShown(line) && line.verifiedAt === null);
}

function isShown({ confidence, verifiedAt }: Helpline): boolean {
  return confidence !== 'low' || verifiedAt !== null;
}

const fitting: Readonly<Record<DangerCategory, readonly string[]>> = {
  violence: ['violence-anes'],
  suicide: ['suicide-arps', 'lifeline-ukraine', 'deprehub-adults', 'deprehub-teens', 'child-helpline-116111'],
  hunger: ['logs-timisoara'],
  child: ['child-119', 'child-helpline-116111'],
  shelter: ['arad-night-shelter', 'logs-timisoara'],
  trafficking: ['trafficking-anitp', 'violence-anes'],
  medical: [],
  help: [],
};
