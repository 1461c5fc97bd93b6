import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutAppointment, stands } from './appointment.ts';

/** We cancel, also after the hour has passed; the person gets our apology and may choose another day. */
export const callOffAppointment = defineUseCase({
  name: 'call-off-appointment',
  input: z.object({ appointmentId: AppointmentId }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId }, { store }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state === 'calledOff') return unchanged(appointment);
    if (appointment.state !== 'asked' && !stands(appointment)) throw new Refusal(phrase('appointments:gone'));
    const off = await store.appointments.save({ ...appointment, state: 'calledOff', offers: [] });
    return { events: [{ type: 'appointment.called-off', ...aboutAppointment(off) }], result: off };
  },
});
