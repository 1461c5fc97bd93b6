import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import { type Appointment, aboutAppointment } from './appointment.ts';
import { stillToCome } from './standing.ts';

/** "Vin": the person confirms. A wish for another time is over with it. */
export const confirmAppointment = defineUseCase({
  name: 'confirm-appointment',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, now }): Promise<Done<Appointment>> {
    const { wish: _w, answerBy: _a, ...appointment } = stillToCome(await store.appointments.must(appointmentId), now);
    if (appointment.state === 'confirmed') return unchanged(appointment);
    const confirmed = await store.appointments.save({ ...appointment, state: 'confirmed', offers: [] });
    return { events: [{ type: 'appointment.confirmed', ...aboutAppointment(confirmed) }], result: confirmed };
  },
});
