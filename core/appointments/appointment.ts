import { z } from 'zod';
import { AppointmentId, CaseId, FileId, PersonId } from '../id.ts';
import type { Settings } from '../settings.ts';
import { addMinutes, addWorkingDays, dayBeforeReminderAt, isQuiet, nextQuietEnd } from '../time.ts';

/** `asked`: no time yet. `cancelled` by the person, `calledOff` by us. */
export const appointmentStates = [
  'asked',
  'booked',
  'confirmed',
  'moveAsked',
  'cancelled',
  'calledOff',
  'came',
  'missed',
] as const;
export type AppointmentState = (typeof appointmentStates)[number];

/** Office and home are said in the reader's language; `words` are for elsewhere. */
export const Place = z.object({ at: z.enum(['office', 'home', 'elsewhere']), words: z.string().max(300).optional() });
export type Place = z.infer<typeof Place>;

/** When it would suit the person, in their own words or by voice. */
export const Wish = z.object({ words: z.string().max(1000), files: z.array(FileId) });
export type Wish = z.infer<typeof Wish>;

const fields = z.object({
  id: AppointmentId,
  version: z.number().int(),
  caseId: CaseId,
  personId: PersonId,
  coordinatorId: PersonId,
  state: z.enum(appointmentStates),
  startsAt: z.date().optional(),
  lengthMinutes: z.number().int().positive(),
  place: Place,
  /** What to bring. */
  bring: z.string().max(500).optional(),
  hasInterpreter: z.boolean(),
  wish: Wish.optional(),
  /** Until when the person gets an answer to the wish. */
  answerBy: z.date().optional(),
  /** Other times the coordinator offers; the person chooses one. */
  offers: z.array(z.date()),
  /** Earlier times, oldest first. */
  previousTimes: z.array(z.date()),
  wasHowAsked: z.boolean(),
  /** Whether an opinion was given, never which: an anonymous one must not lead back. */
  hasFeedback: z.boolean(),
  createdAt: z.date(),
});

/** A meeting of a person with their coordinator. Once it was set it always has a time. */
export const Appointment = fields.refine(
  ({ state, startsAt }) => !needTime.has(state) || startsAt !== undefined,
  'an appointment that was set needs a time',
);
export type Appointment = z.infer<typeof fields>;
export type Timed = Appointment & { startsAt: Date };

const standing: readonly AppointmentState[] = ['booked', 'confirmed', 'moveAsked'];
const needTime: ReadonlySet<AppointmentState> = new Set([...standing, 'came', 'missed']);

/** True while it is to take place, or nobody has marked yet whether it did. */
export const stands = (appointment: Appointment): appointment is Timed => standing.includes(appointment.state);

/** When it is over. */
export const endsAt = ({ startsAt, lengthMinutes }: Timed): Date => addMinutes(startsAt, lengthMinutes);

/** 18:00 by the local clock on the day before (domain 7). */
export const remindDayBeforeAt = (startsAt: Date, { appointments }: Settings): Date =>
  dayBeforeReminderAt(startsAt, appointments.dayBeforeHour);

/** Two hours before; `undefined` inside quiet hours, as the one of the day before has just been read (`delivery.md` 6). */
export function remindShortlyAt(startsAt: Date, { appointments, quietHours }: Settings): Date | undefined {
  const at = addMinutes(startsAt, -appointments.shortlyBeforeMinutes);
  return isQuiet(at, quietHours) ? undefined : at;
}

/** An hour after the end, or when quiet hours are over. */
export const askHowAt = (appointment: Timed, { appointments, quietHours }: Settings): Date =>
  nextQuietEnd(addMinutes(endsAt(appointment), appointments.feedbackAfterMinutes), quietHours);

/** The day a wish is answered by, the same as for messages. */
export const answerDay = (now: Date, { messages, closedDays }: Settings): Date =>
  addWorkingDays(now, messages.answerWorkingDays, closedDays);

/** Set to a time, its earlier one kept; what was wished and offered is settled by it. */
export function setTo(appointment: Appointment, startsAt: Date, state: 'booked' | 'confirmed'): Timed {
  const { wish: _w, answerBy: _a, ...rest } = appointment;
  const previousTimes = appointment.startsAt
    ? [...appointment.previousTimes, appointment.startsAt]
    : appointment.previousTimes;
  return { ...rest, state, startsAt, offers: [], previousTimes };
}

/** Waits for another time: the wish, and until when it is answered. */
export function wishing(
  appointment: Appointment,
  state: 'asked' | 'moveAsked',
  wish: Wish,
  answerBy: Date,
): Appointment {
  const { wish: _, ...rest } = appointment;
  return { ...rest, state, ...(wish.words || wish.files.length > 0 ? { wish } : {}), answerBy, offers: [] };
}

/** What every event of an appointment carries. */
export const aboutAppointment = ({ id, caseId }: Appointment) => ({
  about: { kind: 'appointment', id: id as string },
  caseId: caseId as string,
  appointmentId: id,
});
