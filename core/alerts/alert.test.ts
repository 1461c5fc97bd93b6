import { describe, expect, it, test } from 'vitest';
import { defaults, type Level } from '../settings.ts';
import { ladder, levels, type Ring, rung } from './alert.ts';

describe('the ladder of an alert [GUIDE]', () => {
  test.each<[Level, [Ring, number][]]>([
    [
      'life',
      [
        ['coordinator', 0],
        ['duty', 5],
        ['supervisor', 15],
        ['all', 30],
        ['all', 35],
        ['all', 40],
      ],
    ],
    [
      'abuse',
      [
        ['coordinator', 0],
        ['duty', 15],
        ['all', 45],
        ['all', 60],
        ['all', 75],
      ],
    ],
    [
      'urgent',
      [
        ['coordinator', 0],
        ['duty', 60],
        ['supervisor', 120],
        ['all', 180],
        ['all', 240],
      ],
    ],
  ])('of %s tells these rings after these minutes, and repeats the last', (level, steps) => {
    expect(steps.map((_, step) => rung(level, step, defaults))).toEqual(
      steps.map(([ring, afterMinutes]) => ({ ring, afterMinutes })),
    );
  });

  test.each(levels)('of %s begins at once with the coordinator, widens to all, and never turns back', (level) => {
    const rungs = ladder(level, defaults);
    expect(rungs[0]).toEqual({ ring: 'coordinator', afterMinutes: 0 });
    expect(rungs.at(-1)?.ring).toBe('all');
    const minutes = Array.from({ length: 20 }, (_, step) => rung(level, step, defaults).afterMinutes);
    expect(minutes).toEqual([...new Set(minutes)].sort((a, b) => a - b));
  });

  it('is what the office set: where supervisor and all are due together, the supervisor hears with all', () => {
    const { escalation } = defaults;
    const own = { ...defaults, escalation: { ...escalation, life: { ...escalation.life, supervisorMinutes: 30 } } };
    expect(ladder('life', own).map(({ ring }) => ring)).toEqual(['coordinator', 'duty', 'all']);
  });
});
