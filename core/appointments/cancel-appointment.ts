import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutAppointment } from './appointment.ts';
import { stillToCome } from './standing.ts';

/** "Nu pot veni": the person cancels, or takes a request back. No blame; another day is offered at once. */
export const cancelAppointment = defineUseCase({
  name: 'cancel-appointment',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state === 'cancelled') return unchanged(appointment);
    if (appointment.state !== 'asked') stillToCome(appointment, now);
    const cancelled = await store.appointments.save({ ...appointment, state: 'cancelled', offers: [] });
    return { events: [{ type: 'appointment.cancelled', ...aboutAppointment(cancelled) }], result: cancelled };
  },
});
