import { expect, test } from 'vitest';
import { cut, neutral, parts, readable } from './text.ts';

test.each([
  ['Tom &amp; Ana &lt;3', 'Tom & Ana <3'],
  ['vedeți <https://das.ro/a|aici> și <https://das.ro/b>', 'vedeți aici și https://das.ro/b'],
  ['scrieți la <mailto:a@das.ro|a@das.ro>, <tel:+40712345678|0712 345 678>', 'scrieți la a@das.ro, 0712 345 678'],
  ['<@U1|ana> <#C1|alerte> <!here>', 'ana alerte !here'],
  ['&amp;lt; rămâne cum a fost scris', '&lt; rămâne cum a fost scris'],
])('what was typed is read back from the wire: %s', (wire, typed) => {
  expect(readable(wire)).toBe(typed);
});

test('nothing of people’s words is interpreted', () => {
  const said = neutral('<!channel> *tare* _x_ ~y~ `z` & <https://rău.ro|bun>\n> citat');
  expect(said).not.toMatch(/<|>|(?<!\u200b)[*_~`]/);
  expect(said).not.toMatch(/^&gt;/m);
});

test('a text is cut at a word and never inside a letter', () => {
  expect(cut('Predau alerta altcuiva acum', 20)).toBe('Predau alerta…');
  expect(cut('scurt', 24)).toBe('scurt');
  expect(cut('😀'.repeat(20), 10).isWellFormed()).toBe(true);
});

test('a long text goes into parts at paragraphs, else at words, and nothing is lost', () => {
  const text = `${'cuvânt '.repeat(300)}\n${'слово '.repeat(300)}`.trim();
  const all = parts(text, 1000);
  expect(all.every((part) => part.length <= 1000 && part.isWellFormed())).toBe(true);
  expect(all.join(' ').replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
  expect(parts('   ', 10)).toEqual([]);
});
