import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { CaseId, PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';
import { addDays, addMinutes } from '../time.ts';
import { Appointment, endsAt, stands } from './appointment.ts';

/** Appointments: what comes next for a person, what a coordinator has on a day, what still waits for a time. */
export function appointmentStore(connection: Connection, seal: Seal) {
  const appointments = openCollection<Appointment>(
    {
      name: 'appointments',
      type: Appointment,
      classes: {
        caseId: 'open',
        personId: 'open',
        coordinatorId: 'open',
        state: 'open',
        startsAt: 'open',
        lengthMinutes: 'open',
        place: 'personal',
        bring: 'personal',
        hasInterpreter: 'open',
        wish: 'personal',
        answerBy: 'open',
        offers: 'open',
        previousTimes: 'open',
        wasHowAsked: 'open',
        hasFeedback: 'open',
        createdAt: 'open',
      },
      keyOf: ({ caseId }) => `case:${caseId}`,
      whenErased: { place: { at: 'elsewhere' } },
      indexes: [
        { fields: { personId: 1, startsAt: 1 } },
        { fields: { coordinatorId: 1, state: 1, startsAt: 1 } },
        { fields: { caseId: 1, startsAt: 1 } },
      ],
    },
    connection,
    seal,
  );
  const standing = { state: { $in: ['booked', 'confirmed', 'moveAsked'] } };
  const byTime = { sort: { startsAt: 1 as const }, limit: 50 };
  return {
    ...appointments,
    /** Of one person, from now on, the next first. */
    comingFor: (personId: PersonId, now: Date) =>
      appointments.find({ personId, ...standing, startsAt: { $gt: now } }, byTime),
    askedBy: (personId: PersonId) => appointments.first({ personId, state: 'asked' }, { sort: { createdAt: -1 } }),
    /** The next one of a case, for its card. */
    nextOnCase: (caseId: CaseId, now: Date) =>
      appointments.first({ caseId, ...standing, startsAt: { $gt: now } }, { sort: { startsAt: 1 } }),
    /** Those of a coordinator at exactly this instant. */
    at: (coordinatorId: PersonId, startsAt: Date) => appointments.find({ coordinatorId, ...standing, startsAt }),
    /** Those of a coordinator that run into a meeting of this length. */
    async overlapping(coordinatorId: PersonId, startsAt: Date, lengthMinutes: number) {
      const until = addMinutes(startsAt, lengthMinutes);
      const near = await appointments.find(
        { coordinatorId, ...standing, startsAt: { $gt: addDays(startsAt, -1), $lt: until } },
        byTime,
      );
      return near.filter((one) => stands(one) && endsAt(one) > startsAt);
    },
    /** `filter` comes from the permission table: all that stands and begins before `until`, past ones nobody marked included. */
    before: (filter: Filter, until: Date) =>
      appointments.find({ ...filter, ...standing, startsAt: { $lt: until } }, byTime),
    /** `filter` comes from the permission table: requests and wishes without an offer. */
    waitingForTimes: (filter: Filter) =>
      appointments.find(
        { ...filter, state: { $in: ['asked', 'moveAsked'] }, offers: { $size: 0 } },
        { sort: { createdAt: 1 }, limit: 50 },
      ),
  };
}
