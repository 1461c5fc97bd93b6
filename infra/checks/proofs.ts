import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sources } from './source.ts';

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

/** The failure modes and goals of `delivery.md` 9 and 10. */
export const proofNumbers: readonly string[] = [...numbered('F', 41), ...numbered('R', 18), ...numbered('S', 10)];

/** A number in parentheses, in the title of a test or of a group: `(F17)`, `(F8) (R9)`, `(F8, R9)`. */
const inTitle = /\(((?:[FRS]\d+(?:, )?)+)\)/g;
const args = String.raw`\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`;
const title = new RegExp(
  String.raw`\b(?:it|test|describe)(?:\.\w+(?:${args})?)*\(\s*(['"\`])((?:\\.|(?!\1)[^\\])*)\1`,
  'g',
);

/** Its planted titles prove nothing. */
const ownTest = 'infra/checks/proofs.test.ts';

/** Numbers that some test proves, by its title. */
export function provenIn(sources: Sources): Set<string> {
  const proven = new Set<string>();
  for (const [path, source] of sources)
    if (path.endsWith('.test.ts') && !path.endsWith(ownTest))
      for (const [, , words = ''] of source.matchAll(title))
        for (const [, numbers = ''] of words.matchAll(inTitle)) for (const one of numbers.split(', ')) proven.add(one);
  return proven;
}

/**
 * Every number has a test whose title carries it, or a line `| F9 | open: reason |` in `infra/faults/README.md`, not both. While that page has
 * its wider table of before (number, failure, proof), any line counts.
 */
export function proofFaults(sources: Sources, readme: string): string[] {
  const proven = provenIn(sources);
  const lines = readme.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const isOldPage = lines.some(([, first, second]) => first === 'F' && second === 'failure');
  return proofNumbers.flatMap((number) => {
    const line = lines.find(([, first]) => first === number);
    if (isOldPage && line) return [];
    const isOpen = /^open: \S/.test(line?.[2] ?? '');
    if (proven.has(number) && isOpen) return [`${number} is proven by a test and stands as open, too`];
    if (proven.has(number) || isOpen) return [];
    return [`${number} has no test that names it in its title, and no line "| ${number} | open: reason |"`];
  });
}

/** The same for the files as they are. */
export const proofFaultsIn = (root: string, sources: Sources): string[] =>
  proofFaults(sources, readFileSync(join(root, 'infra', 'faults', 'README.md'), 'utf8'));
