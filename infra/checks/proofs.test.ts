import { expect, it } from 'vitest';
import { proofFaults, proofNumbers, provenIn } from './proofs.ts';

const sources = new Map([
  [
    'infra/faults/a.test.ts',
    "it('one update (F1)', run);\nit.each(seeds(3))('timers (F8) (R9)', run);\nit.each(list)(\n  'kills (R1, R2)',\n",
  ],
  ['infra/faults/b.ts', "it('no test file (F2)', run);"],
  ['core/c.test.ts', "describe('named in a group (S3)', () => {});\nconst note = 'only words (F4)';"],
]);
const readme = (...lines: string[]) => proofFaults(sources, lines.join('\n'));

it('reads the numbers in the titles of tests, of tables of tests and of groups, nowhere else', () => {
  expect([...provenIn(sources)].sort()).toEqual(['F1', 'F8', 'R1', 'R2', 'R9', 'S3']);
});

it('complains of a number without test and line, and of one with both', () => {
  const faults = readme('| F1 | open: not yet |', '| F3 | open: no second release |', '| F5 | open: |');
  expect(faults).toContain('F1 is proven by a test and stands as open, too');
  expect(faults.some((fault) => fault.startsWith('F3 '))).toBe(false);
  expect(faults.some((fault) => fault.startsWith('F5 has no test'))).toBe(true);
  expect(faults.length).toBe(proofNumbers.length - 6);
});

it('lets the lines of the wider page of before stand, proven or not', () => {
  const lines = proofNumbers.map((number) => `| ${number} | a failure | test: somewhere.test.ts; open: the rest |`);
  expect(readme('| F | failure | proof |', ...lines)).toEqual([]);
});
