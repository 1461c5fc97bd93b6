import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAppointment } from './appointment.ts';

/** Staff open an appointment: with whom, what was wished; each reading leaves a line. */
export const readAppointment = defineUseCase({
  name: 'read-appointment',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store }) {
    const appointment = await store.appointments.must(appointmentId);
    return { events: [{ type: 'appointment.read', ...aboutAppointment(appointment) }], result: appointment };
  },
});
