import { z } from 'zod';
import { type AppointmentId, CaseId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { type Appointment, aboutAppointment, Place } from './appointment.ts';
import { refusePast } from './standing.ts';

/** The coordinator sets a meeting; the person hears at once. A clash or a closed day is told before, but is theirs to decide; twice the same is refused. */
export const bookAppointment = defineUseCase({
  name: 'book-appointment',
  input: z.object({
    caseId: CaseId,
    startsAt: z.date(),
    lengthMinutes: z.number().int().positive().optional(),
    place: Place,
    bring: z.string().max(500),
    hasInterpreter: z.boolean(),
  }),
  subject: ({ caseId }, { store }) => store.cases.get(caseId),

  async run({ caseId, startsAt, bring, lengthMinutes, ...rest }, { store, subject, settings, now, newId }) {
    refusePast(startsAt, now);
    const coordinatorId = subject.coordinatorId as PersonId;
    const same = (await store.appointments.at(coordinatorId, startsAt)).find((one) => one.caseId === caseId);
    if (same) throw new Refusal(phrase('appointments:staff.same'));

    const appointment: Appointment = {
      ...rest,
      id: newId<AppointmentId>(),
      version: 0,
      caseId,
      personId: subject.personId as PersonId,
      coordinatorId,
      state: 'booked',
      startsAt,
      lengthMinutes: lengthMinutes ?? settings.appointments.lengthMinutes,
      ...(bring.trim() ? { bring: bring.trim() } : {}),
      offers: [],
      previousTimes: [],
      wasHowAsked: false,
      hasFeedback: false,
      createdAt: now,
    };
    await store.appointments.insert(appointment);
    return {
      events: [{ type: 'appointment.booked', ...aboutAppointment(appointment), isAnswer: false }],
      result: appointment,
    };
  },
});
