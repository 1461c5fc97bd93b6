import { describe, expect, test } from 'vitest';
import { dangerRules } from './danger.ts';
import { helplines, helplinesFor, unverifiedHelplines } from './helplines.ts';

describe('helplines [language 3]', () => {
  test.each([
    ['violence', ['112', '0800 500 333']],
    ['suicide', ['112', '116 111']],
    ['child', ['112', '119', '116 111']],
    ['trafficking', ['112', '0800 800 678', '0800 500 333']],
    ['shelter', ['112']],
    ['hunger', ['112']],
    ['medical', ['112']],
    ['help', ['112']],
  ] as const)('%s: 112 first, then %j', (category, numbers) =>
    expect(helplinesFor(category).map(({ number }) => number)).toEqual(numbers),
  );

  test('every category of danger has 112 first and nothing of confidence low', () => {
    for (const category of new Set(dangerRules.map((rule) => rule.category))) {
      expect(helplinesFor(category)[0]?.number).toBe('112');
      expect(helplinesFor(category).every(({ confidence }) => confidence !== 'low')).toBe(true);
    }
  });

  test('staff are warned of the shown lines nobody has checked', () => {
    expect(unverifiedHelplines().map(({ id }) => id)).toContain('violence-anes');
    expect(unverifiedHelplines()).toHaveLength(helplines.filter(({ confidence }) => confidence !== 'low').length);
  });
});
