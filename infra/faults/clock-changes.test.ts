import { describe, expect, it } from 'vitest';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { fromLocal, toLocal } from '#core/time.ts';
import { openFreshUniverse } from '../test/universe.ts';

/** Each Sunday of 2026 and 2027 on which the clock of Bucharest is changed, at three or four in the morning. */
const changes = ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'];

describe('the clock is changed (F16)', () => {
  it.each(changes)('%s: each reminder comes once, at its local hour', async (sunday) => {
    const day = Temporal.PlainDate.from(sunday);
    const at = (days: number, hour: string) => fromLocal(day.add({ days }).toPlainDateTime(hour));
    const u = await openFreshUniverse(at(-4, '09:00'));
    try {
      const ioana = await u.person('coordinator', 'Ioana Marin');
      const meetings = [-2, -1, 0, 1, 2, 3].flatMap((days) => [at(days, '12:30'), at(days, '15:00')]);
      for (const startsAt of meetings) {
        const oksana = await u.person('beneficiary', 'Оксана Кравченко');
        const { id: caseId } = await u.case(oksana, ioana);
        const place = { at: 'office' as const };
        const booked = await u.as(ioana, bookAppointment, {
          caseId,
          startsAt,
          place,
          bring: '',
          hasInterpreter: false,
        });
        expect(booked.is).toBe('done');
      }
      await u.fastForward(9 * 24 * 60);
      const said = async (card: string) =>
        (await u.world.store.outbox.find({ card })).map(({ createdAt }) => local(createdAt)).sort();
      const days = meetings.map((startsAt) => toLocal(startsAt).toPlainDate());
      expect(await said('appointment-tomorrow')).toEqual(
        days.map((date) => `${date.subtract({ days: 1 })} 18:00`).sort(),
      );
      expect(await said('appointment-today')).toEqual(
        meetings.map((startsAt) => local(new Date(startsAt.getTime() - 2 * 3_600_000))).sort(),
      );
    } finally {
      await u.close();
    }
  });
});

const local = (instant: Date): string => {
  const here = toLocal(instant);
  return `${here.toPlainDate()} ${here.toPlainTime().toString({ smallestUnit: 'minute' })}`;
};
