import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMinutes,
  addWorkingDays,
  dayBeforeReminderAt,
  fromLocal,
  isHoliday,
  isQuiet,
  isWorkingDay,
  localDate,
  minutesBetween,
  nextQuietEnd,
  nextWorkingInstant,
  orthodoxEaster,
  publicHolidays,
  toLocal,
  twoHoursBefore,
  type WorkingHours,
  workingHoursContains,
} from './time.ts';

const at = (iso: string): Date => new Date(iso);
const local = (plain: string): Date => fromLocal(Temporal.PlainDateTime.from(plain));
const shown = (instant: Date): string => toLocal(instant).toString({ timeZoneName: 'never', smallestUnit: 'minute' });

const quiet = { from: '21:00', to: '08:00' };
const office: WorkingHours = {
  from: '08:00',
  to: '16:30',
  closedDays: ['2026-11-27'],
  byDay: { 5: { from: '08:00', to: '14:00' } },
};

describe('local reckoning in Bucharest', () => {
  test.each([
    ['2026-01-15T10:00:00Z', '2026-01-15T12:00+02:00'],
    ['2026-03-29T00:59:00Z', '2026-03-29T02:59+02:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29T04:00+03:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25T03:30+03:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25T03:30+02:00'],
    ['2027-03-28T01:00:00Z', '2027-03-28T04:00+03:00'],
    ['2027-10-31T01:00:00Z', '2027-10-31T03:00+02:00'],
  ])('%s is %s', (instant, expected) => expect(shown(at(instant))).toBe(expected));

  test.each([
    ['2026-03-29T03:30', '2026-03-29T04:30+03:00'],
    ['2027-03-28T03:30', '2027-03-28T04:30+03:00'],
    ['2026-10-25T03:30', '2026-10-25T03:30+03:00'],
    ['2027-10-31T03:30', '2027-10-31T03:30+03:00'],
  ])('a time skipped goes forward, a time lived twice is the first: %s -> %s', (plain, expected) =>
    expect(shown(local(plain))).toBe(expected),
  );

  test('the day key turns at local midnight, not at the midnight of Greenwich', () => {
    expect(localDate(at('2026-11-25T21:59:59Z'))).toBe('2026-11-25');
    expect(localDate(at('2026-11-25T22:00:00Z'))).toBe('2026-11-26');
  });

  test('each local day of 2026 and 2027 comes once, hour by hour, whatever the clock does', () => {
    const keys = new Map<string, number>();
    for (
      let instant = local('2026-01-01T00:00');
      localDate(instant) < '2028-01-01';
      instant = addMinutes(instant, 60)
    ) {
      keys.set(localDate(instant), (keys.get(localDate(instant)) ?? 0) + 1);
    }
    expect(keys.size).toBe(730);
    const odd = [...keys].filter(([, hours]) => hours !== 24);
    expect(odd).toEqual([
      ['2026-03-29', 23],
      ['2026-10-25', 25],
      ['2027-03-28', 23],
      ['2027-10-31', 25],
    ]);
  });

  test('minutes are elapsed, days are of the calendar', () => {
    const evening = local('2026-03-28T12:00');
    expect(shown(addDays(evening, 1))).toBe('2026-03-29T12:00+03:00');
    expect(minutesBetween(evening, addDays(evening, 1))).toBe(23 * 60);
    expect(shown(addMinutes(evening, 24 * 60))).toBe('2026-03-29T13:00+03:00');
    expect(minutesBetween(addMinutes(evening, 90), evening)).toBe(-90);
  });
});

describe('quiet hours 21-8 [delivery 6]', () => {
  test.each([
    ['2026-11-25T20:59', false, '2026-11-25T20:59+02:00'],
    ['2026-11-25T21:00', true, '2026-11-26T08:00+02:00'],
    ['2026-11-25T23:59', true, '2026-11-26T08:00+02:00'],
    ['2026-11-26T00:00', true, '2026-11-26T08:00+02:00'],
    ['2026-11-26T07:59', true, '2026-11-26T08:00+02:00'],
    ['2026-11-26T08:00', false, '2026-11-26T08:00+02:00'],
    ['2026-03-28T23:00', true, '2026-03-29T08:00+03:00'],
    ['2026-10-24T23:00', true, '2026-10-25T08:00+02:00'],
    ['2027-03-28T05:00', true, '2027-03-28T08:00+03:00'],
  ])('%s quiet: %s, speaks at %s', (plain, expected, end) => {
    expect(isQuiet(local(plain), quiet)).toBe(expected);
    expect(shown(nextQuietEnd(local(plain), quiet))).toBe(end);
  });

  test('a span within one day and an empty span', () => {
    expect(isQuiet(local('2026-11-25T13:30'), { from: '13:00', to: '14:00' })).toBe(true);
    expect(shown(nextQuietEnd(local('2026-11-25T13:30'), { from: '13:00', to: '14:00' }))).toBe(
      '2026-11-25T14:00+02:00',
    );
    expect(isQuiet(local('2026-11-25T08:00'), { from: '08:00', to: '08:00' })).toBe(false);
  });
});

describe('public holidays (Labour Code art. 139) [language 5]', () => {
  test.each([
    [2026, '2026-04-12'],
    [2027, '2027-05-02'],
    [2028, '2028-04-16'],
    [2029, '2029-04-08'],
    [2024, '2024-05-05'],
    [2025, '2025-04-20'],
  ])('Orthodox Easter of %i is %s', (year, date) => expect(orthodoxEaster(year).toString()).toBe(date));

  test.each([
    [2026, ['04-10', '04-12', '04-13', '05-31', '06-01']],
    [2027, ['04-30', '05-02', '05-03', '06-20', '06-21']],
    [2028, ['04-14', '04-16', '04-17', '06-04', '06-05']],
    [2029, ['04-06', '04-08', '04-09', '05-27', '05-28']],
  ])('the moving holidays of %i', (year, days) => {
    const holidays = publicHolidays(year);
    for (const day of days) expect(holidays).toContain(`${year}-${day}`);
  });

  test.each([2026, 2027, 2028, 2029])('the fixed holidays of %i', (year) => {
    const fixed = [
      '01-01',
      '01-02',
      '01-06',
      '01-07',
      '01-24',
      '05-01',
      '06-01',
      '08-15',
      '11-30',
      '12-01',
      '12-25',
      '12-26',
    ];
    for (const day of fixed) expect(isHoliday(`${year}-${day}`)).toBe(true);
  });

  test('no day counts twice: in 2026 Pentecost Monday is Children’s Day', () => {
    expect(publicHolidays(2026)).toHaveLength(16);
    expect(publicHolidays(2027)).toHaveLength(17);
  });
});

describe('working days', () => {
  test.each([
    ['2026-11-25', true],
    ['2026-11-28', false],
    ['2026-11-29', false],
    ['2026-11-30', false],
    ['2026-12-01', false],
    ['2026-12-02', true],
    ['2027-04-30', false],
    ['2027-05-03', false],
    ['2026-11-27', true],
  ])('%s: %s', (day, expected) => expect(isWorkingDay(day)).toBe(expected));

  test('an office adds its own closed days', () => expect(isWorkingDay('2026-11-27', ['2026-11-27'])).toBe(false));

  test.each([
    ['2026-11-25T10:00', 1, '2026-11-26T10:00+02:00'],
    ['2026-11-25T10:00', 3, '2026-12-02T10:00+02:00'],
    ['2026-11-27T10:00', 1, '2026-12-02T10:00+02:00'],
    ['2026-11-28T10:00', 0, '2026-11-28T10:00+02:00'],
    ['2026-03-27T10:00', 1, '2026-03-30T10:00+03:00'],
    ['2026-10-23T10:00', 1, '2026-10-26T10:00+02:00'],
    ['2027-04-29T10:00', 1, '2027-05-04T10:00+03:00'],
  ])('%s and %i working days is %s', (plain, n, expected) =>
    expect(shown(addWorkingDays(local(plain), n))).toBe(expected),
  );

  test('a negative or broken count is refused', () => {
    expect(() => addWorkingDays(local('2026-11-25T10:00'), -1)).toThrow(RangeError);
    expect(() => addWorkingDays(local('2026-11-25T10:00'), 1.5)).toThrow(RangeError);
  });
});

describe('working hours', () => {
  test.each([
    ['2026-11-25T07:59', false, '2026-11-25T08:00+02:00'],
    ['2026-11-25T08:00', true, '2026-11-25T08:00+02:00'],
    ['2026-11-25T16:30', false, '2026-11-26T08:00+02:00'],
    ['2026-11-26T17:00', false, '2026-12-02T08:00+02:00'],
    ['2026-12-04T13:59', true, '2026-12-04T13:59+02:00'],
    ['2026-12-04T14:00', false, '2026-12-07T08:00+02:00'],
    ['2026-03-28T12:00', false, '2026-03-30T08:00+03:00'],
    ['2027-10-30T12:00', false, '2027-11-01T08:00+02:00'],
  ])('%s open: %s, next open %s', (plain, open, next) => {
    expect(workingHoursContains(local(plain), office)).toBe(open);
    expect(shown(nextWorkingInstant(local(plain), office))).toBe(next);
  });

  test('a weekday may be closed for good, a Saturday may be open', () => {
    const hours: WorkingHours = { from: '09:00', to: '12:00', byDay: { 1: null, 6: { from: '10:00', to: '11:00' } } };
    expect(shown(nextWorkingInstant(local('2026-12-04T12:00'), hours))).toBe('2026-12-05T10:00+02:00');
    expect(shown(nextWorkingInstant(local('2026-12-05T11:00'), hours))).toBe('2026-12-08T09:00+02:00');
  });

  test('hours which never open are refused, not searched for ever', () => {
    const never: WorkingHours = { from: '09:00', to: '12:00', byDay: { 1: null, 2: null, 3: null, 4: null, 5: null } };
    expect(() => nextWorkingInstant(local('2026-12-05T11:00'), never)).toThrow(RangeError);
  });
});

describe('reminders [domain 7]', () => {
  test.each([
    ['2026-11-26T10:00', '2026-11-25T18:00+02:00', '2026-11-26T08:00+02:00'],
    ['2026-03-29T09:00', '2026-03-28T18:00+02:00', '2026-03-29T07:00+03:00'],
    ['2026-10-26T10:00', '2026-10-25T18:00+02:00', '2026-10-26T08:00+02:00'],
    ['2027-10-31T10:00', '2027-10-30T18:00+03:00', '2027-10-31T08:00+02:00'],
    ['2027-01-01T10:00', '2026-12-31T18:00+02:00', '2027-01-01T08:00+02:00'],
  ])('for %s: the day before at %s, two hours before at %s', (plain, eve, two) => {
    expect(shown(dayBeforeReminderAt(local(plain)))).toBe(eve);
    expect(shown(twoHoursBefore(local(plain)))).toBe(two);
  });
});
