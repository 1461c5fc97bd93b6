import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// What an operator reads at three in the morning, and what SECURITY.md promises, must be true of this program.

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const plain = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase();

/** Where faults are put into words: `/ready`, the watch, the brake, the starts that are refused. */
const sources = [
  'jobs/watch.ts',
  'infra/brake.ts',
  'infra/health.ts',
  'infra/schema/modules.ts',
  'infra/start-delivery.ts',
  'infra/start-house.ts',
  'infra/start-journal.ts',
  'infra/start-sweeps.ts',
];

/** The fixed words of each sentence of a source: what stands between inserted values, where it is long enough to be looked for. */
function sentencesIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*(import|\/\/).*$/gm, '');
  const literals = [...code.matchAll(/'([^'\n]{12,})'|`([^`]{12,})`/g)].map(
    ([, quoted, templated]) => quoted ?? templated ?? '',
  );
  return literals.flatMap((text) => {
    const pieces = text.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((piece) => piece.replace(/^[\s":,]+|[\s":,]+$/g, ''));
    const longest = pieces.sort((one, other) => other.length - one.length)[0] ?? '';
    const words = longest.replace(/^.*\}[;\s]*/, '');
    return words.split(' ').length >= 3 && !/[{}=]|\),/.test(words) ? [words] : [];
  });
}

describe('the runbook', () => {
  const runbook = plain(read('infra/RUNBOOK.md'));

  it.each(sources)('has each fault that %s prints, to be found by its words', (source) => {
    const sentences = sentencesIn(read(source));
    expect(sentences.filter((sentence) => !runbook.includes(plain(sentence)))).toEqual([]);
  });

  it('reads faults out of those files at all', () => {
    expect(sources.flatMap((source) => sentencesIn(read(source))).length).toBeGreaterThan(15);
  });

  it('names only commands that exist', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
    const papers = ['infra/RUNBOOK.md', 'SECURITY.md', 'README.md'].map(read).join('\n');
    const named = [...papers.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect([...new Set(named)].filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  const rows = read('SECURITY.md')
    .split('\n')
    .filter((line) => /^\| \d+\.\d+\.\d+ /.test(line));

  it('has the items of ASVS 5.0 that bite a chat bot, each with a proof that exists, or open with its reason (S10)', () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    const faults = rows.flatMap((row) => {
      const [, item = '', , proof = ''] = row.split('|').map((cell) => cell.trim());
      const files = [...proof.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '');
      const missing = files.filter((path) => !existsSync(join(root, path)));
      const isOpen = /^open: .{20,}/.test(proof);
      return [
        ...missing.map((path) => `${item}: ${path}`),
        ...(files.length === 0 && !isOpen ? [`${item}: no proof`] : []),
      ];
    });
    expect(faults).toEqual([]);
    const items = rows.map((row) => row.split('|')[1]?.trim());
    expect(new Set(items).size).toBe(items.length);
  });

  it('names only files that exist (S10)', () => {
    const paths = [...read('SECURITY.md').matchAll(/`((?:core|bots|jobs|infra|locales)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('says how each secret of the settings is exchanged', () => {
    const security = read('SECURITY.md');
    const secrets = [...read('.env.example').matchAll(/^#?(\w*(?:TOKEN|SECRET|ENCRYPTION_KEY))=/gm)].map(
      ([, name]) => name ?? '',
    );
    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.filter((name) => !security.includes(name))).toEqual([]);
  });
});
