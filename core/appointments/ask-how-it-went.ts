import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import { type Appointment, aboutAppointment, endsAt, stands } from './appointment.ts';

/** An hour after the end, once: unless the person could not come or it was cancelled. A mark is not waited for [ECSILI]. */
export const askHowItWent = defineUseCase({
  name: 'ask-how-it-went',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, now }): Promise<Done<Appointment>> {
    const appointment = await store.appointments.must(appointmentId);
    const tookPlace = appointment.state === 'came' || stands(appointment);
    if (!tookPlace || appointment.wasHowAsked || !appointment.startsAt) return unchanged(appointment);
    if (endsAt({ ...appointment, startsAt: appointment.startsAt }) > now) return unchanged(appointment);
    const asked = await store.appointments.save({ ...appointment, wasHowAsked: true });
    return { events: [{ type: 'appointment.how-asked', ...aboutAppointment(asked) }], result: asked };
  },
});
