import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutAppointment } from './appointment.ts';
import { alreadyBegun } from './standing.ts';

/** The meeting took place; the person is asked later how it went. */
export const markCame = defineUseCase({
  name: 'mark-came',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state === 'came') return unchanged(appointment);
    const came = await store.appointments.save({ ...alreadyBegun(appointment, now), state: 'came', offers: [] });
    return { events: [{ type: 'appointment.came', ...aboutAppointment(came) }], result: came };
  },
});
