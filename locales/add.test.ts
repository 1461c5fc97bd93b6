import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addPhrases } from './add.ts';

const folder = mkdtempSync(join(tmpdir(), 'locales-'));
for (const name of ['uk', 'ro', 'en', 'notes']) mkdirSync(join(folder, name));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('a new phrase goes to the end of its files, a known one keeps its place', () => {
  addPhrases(
    {
      a: [
        { key: 'x', uk: 'Так', ro: 'Da', en: 'Yes' },
        { key: 'y', uk: 'Ні', ro: 'Nu', en: 'No' },
      ],
    },
    folder,
  );
  addPhrases({ a: [{ key: 'x', uk: 'Так', ro: 'Da, da', en: 'Yes', note: 'Twice.' }] }, folder);
  expect(read('ro/a.json')).toBe('{\n  "x": "Da, da",\n  "y": "Nu"\n}\n');
  expect(JSON.parse(read('notes/a.json'))).toEqual({ x: { note: 'Twice.' } });
});

test('no-break spaces are written out, plural forms go where they are owed', () => {
  const params = { count: 'a number' };
  addPhrases({ b: [{ key: 'n_few', uk: '{{count}}\u00a0дні', ro: '{{count}}\u00a0zile', params }] }, folder);
  expect(read('uk/b.json')).toContain('{{count}}\\u00a0дні');
  expect(read('en/b.json')).toBe('{}\n');
  expect(JSON.parse(read('notes/b.json'))).toEqual({ n: { params } });
});
