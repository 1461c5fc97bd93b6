import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { isQuiet } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import {
  type Appointment,
  aboutAppointment,
  remindDayBeforeAt,
  remindShortlyAt,
  stands,
  type Timed,
} from './appointment.ts';

/** Which of the two reminders is due (domain 7). */
export const reminders = ['dayBefore', 'shortly'] as const;

/** The day before at 18:00, and two hours before: only what still stands at that time is said, none that comes too late (domain 7). */
export const remindAppointment = defineUseCase({
  name: 'remind-appointment',
  input: z.object({ appointmentId: AppointmentId, reminder: z.enum(reminders) }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, reminder }, deps): Promise<Done<Appointment>> {
    const appointment = await deps.store.appointments.must(appointmentId);
    if (!stands(appointment) || !isTime(reminder, appointment, deps)) return unchanged(appointment);
    return {
      events: [{ type: 'appointment.reminded', ...aboutAppointment(appointment), reminder }],
      result: appointment,
    };
  },
});

/** Due, and not so late that the second one or the meeting itself has come. */
function isTime(reminder: (typeof reminders)[number], { startsAt }: Timed, { now, settings }: Deps): boolean {
  const shortly = remindShortlyAt(startsAt, settings);
  if (reminder === 'shortly')
    return shortly !== undefined && shortly <= now && now < startsAt && !isQuiet(now, settings.quietHours);
  return remindDayBeforeAt(startsAt, settings) <= now && now < (shortly ?? startsAt);
}
