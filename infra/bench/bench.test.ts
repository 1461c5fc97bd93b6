import { expect, it } from 'vitest';
import { testPlace } from '../test/place.ts';
import { bench } from './bench.ts';
import { percentile, spread } from './figures.ts';

it('the quick bench says every figure, and a step that answers takes at most 11 trips to MongoDB until it is sent, one that raises an alert 23', {
  timeout: 120_000,
}, async () => {
  const lines: string[] = [];
  const { talking, writing } = await bench({ servers: testPlace(), isQuick: true, say: (line) => lines.push(line) });
  // One trip counts each beginning of an item before it (`delivery.md` 2), one keeps how much somebody sent in this minute, one asks for the
  // epoch of the person at sending; two prove the journal: its heads are read and moved (`infra/adr/0009`).
  expect([talking.length <= 11, writing.length <= 23]).toEqual([true, true]);
  expect(lines.join('\n')).toMatch(
    /answers\/s[\s\S]*against the bare bot[\s\S]*Alert to the coordinator[\s\S]*messages\/s/,
  );
});

it('a percentile is a value that was measured', () => {
  expect([percentile([3, 1, 2], 0.5), percentile([3, 1, 2], 0.99), percentile([], 0.5)]).toEqual([2, 3, Number.NaN]);
  expect(spread([1, 12.4])).toBe('p50 12 ms, p99 12 ms (n 2)');
});
