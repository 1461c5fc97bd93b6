import { expect, it } from 'vitest';
import { defaults, settingsWith } from './settings.ts';

it('an office that changes one number of a group keeps the others, and those that a newer program adds', () => {
  const { delivery } = settingsWith({ delivery: { foldMinutes: 5, pace: { telegram: { perSecond: 10 } } } });
  expect(delivery).toEqual({
    ...defaults.delivery,
    foldMinutes: 5,
    pace: { ...defaults.delivery.pace, telegram: { ...defaults.delivery.pace.telegram, perSecond: 10 } },
  });
});

it('what is no group is taken as it was set: days, nothing, another number', () => {
  const set = settingsWith({ closedDays: ['2026-12-24'], escalation: { urgent: { phoneAlarmMinutes: null } } });
  expect(set.closedDays).toEqual(['2026-12-24']);
  expect(set.escalation.urgent).toEqual({ ...defaults.escalation.urgent, phoneAlarmMinutes: null });
  expect(settingsWith({})).toEqual(defaults);
});
