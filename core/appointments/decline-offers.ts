import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutAppointment, answerDay } from './appointment.ts';
import { stillToCome } from './standing.ts';

/** "Niciuna nu îmi convine": the coordinator is asked for other times; what is set stays. */
export const declineOffers = defineUseCase({
  name: 'decline-offers',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, settings, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state !== 'asked') stillToCome(appointment, now);
    if (appointment.offers.length === 0) return unchanged(appointment);
    const declined = await store.appointments.save({ ...appointment, offers: [], answerBy: answerDay(now, settings) });
    return { events: [{ type: 'appointment.offers-declined', ...aboutAppointment(declined) }], result: declined };
  },
});
