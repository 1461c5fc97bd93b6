import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutAppointment } from './appointment.ts';
import { alreadyBegun } from './standing.ts';

/** The person could not come: a kind word and another day at once, never the question how it went. */
export const markMissed = defineUseCase({
  name: 'mark-missed',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state === 'missed') return unchanged(appointment);
    const missed = await store.appointments.save({ ...alreadyBegun(appointment, now), state: 'missed', offers: [] });
    return { events: [{ type: 'appointment.missed', ...aboutAppointment(missed) }], result: missed };
  },
});
