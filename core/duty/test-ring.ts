import { z } from 'zod';
import { DutyId, PersonId } from '../id.ts';
import { presentFor } from '../people/contact.ts';
import { isOnStaff } from '../people/person.ts';
import type { Reaction } from '../reactions.ts';
import type { Settings } from '../settings.ts';
import { addDays, addMinutes, fromLocal, isWorkingDay, toLocal } from '../time.ts';
import type { Looks } from '../world.ts';

/** A weekly test of the line: who was asked, who pressed "Am auzit". Silent is who had not by the evening (`delivery.md` 8). */
export const TestRing = z.object({
  id: DutyId,
  version: z.number().int(),
  rungAt: z.date(),
  askedIds: z.array(PersonId),
  heardIds: z.array(PersonId),
  isJudged: z.boolean(),
});
export type TestRing = z.infer<typeof TestRing>;

/** Who did not answer a ring whose day is over; a late answer still counts. */
export const silentOf = ({ isJudged, askedIds, heardIds }: TestRing): PersonId[] =>
  isJudged ? askedIds.filter((id) => !heardIds.includes(id)) : [];

/** The silent of the newest ring whose day is over, without those who have left. */
export async function silentNow({ store }: Pick<Looks, 'store'>): Promise<{ id: PersonId; name: string }[]> {
  const ring = await store.testRings.latestJudged();
  const silent = ring ? await store.people.find({ _id: { $in: silentOf(ring) }, status: 'active' }) : [];
  return silent.map(({ id, name }) => ({ id, name }));
}

/** Who must hear: everybody with a duty in the coming week, and the last resort; for somebody absent the substitute, or they themselves when nobody stands in any more: an alert would find nobody. */
export async function whoMustHear(deps: Looks): Promise<PersonId[]> {
  const { store, now } = deps;
  const slots = (await store.duty.after(now)).filter(({ from }) => from < addDays(now, 7));
  const named = [...slots.map(({ personId }) => personId), ...(await store.office.get()).lastResort];
  const people = await Promise.all(
    [...new Set(named)].map(async (id) => (await presentFor(id, deps)) ?? store.people.get(id)),
  );
  return [...new Set(people.flatMap((person) => (person && isOnStaff(person) ? [person.id] : [])))];
}

/** The timer of the next ring. Set again and again it stays where it is: a matter of the calendar. */
export const ringsNext = ({ now, settings }: Pick<Looks, 'now' | 'settings'>): Reaction =>
  ringsAt(nextTestRing(now, settings));

export const ringsAt = (at: Date): Reaction => ({
  do: 'timer',
  key: ringKey,
  kind: 'ring-test',
  subject: 'office',
  at,
});

export const ringKey = 'test-ring';

/** The next ring after `now`: on its weekday, or the first working day after it, at its hour of the local clock. */
export function nextTestRing(now: Date, { duty: { testRing }, closedDays }: Settings): Date {
  const today = toLocal(now).toPlainDate();
  for (let ahead = 0; ahead < 366; ahead++) {
    const day = today.add({ days: ahead });
    const at = fromLocal(day.toPlainDateTime({ hour: testRing.hour }));
    if (at > now && isRingDay(day, testRing.weekday, closedDays)) return at;
  }
  return addMinutes(now, 7 * 24 * 60);
}

/** The weekday itself; after one that is closed, the first day that is open. */
function isRingDay(day: Temporal.PlainDate, weekday: number, closedDays: readonly string[]): boolean {
  if (!isWorkingDay(day, closedDays)) return false;
  for (let back = day; ; back = back.subtract({ days: 1 })) {
    if (back.dayOfWeek === weekday) return true;
    if (isWorkingDay(back.subtract({ days: 1 }), closedDays)) return false;
  }
}

/** So many hours at least are left to answer until the evening. */
const hoursToAnswer = 2;

/** When a ring is made up for that an outage held up until nobody could answer it in time: the next working day, at its hour. `undefined`: it may ring now. */
export function madeUpAt(now: Date, { duty: { testRing }, closedDays }: Settings): Date | undefined {
  const here = toLocal(now);
  const isInTime = here.hour >= testRing.hour && here.hour < testRing.judgedHour - hoursToAnswer;
  if (isInTime && isWorkingDay(here.toPlainDate(), closedDays)) return undefined;
  const isBefore = here.hour < testRing.hour;
  let day = isBefore ? here.toPlainDate() : here.toPlainDate().add({ days: 1 });
  while (!isWorkingDay(day, closedDays)) day = day.add({ days: 1 });
  return fromLocal(day.toPlainDateTime({ hour: testRing.hour }));
}

/** The evening of the day of a ring: who has not answered by then is silent. */
export const judgedAt = (rungAt: Date, { duty: { testRing } }: Settings): Date =>
  fromLocal(toLocal(rungAt).toPlainDate().toPlainDateTime({ hour: testRing.judgedHour }));
