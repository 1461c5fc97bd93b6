import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const lines = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').split('\n');
const names = [
  ...Array.from({ length: 41 }, (_, index) => `F${index + 1}`),
  ...Array.from({ length: 18 }, (_, index) => `R${index + 1}`),
  ...Array.from({ length: 10 }, (_, index) => `S${index + 1}`),
];

it.each(names)('%s has a test that exists, or a reason why it is open', (name) => {
  const line = lines.find((one) => one.split('|')[1]?.trim() === name) ?? '';
  const tests = [...line.matchAll(/[\w/-]+\.test\.ts/g)].map(([file]) => file);
  expect(line).toMatch(/(test: \S+|open: \S+)/);
  expect(tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
