import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import { type Appointment, aboutAppointment, setTo } from './appointment.ts';
import { refusePast, stillToCome } from './standing.ts';

/** The coordinator sets another time, or the first one of a request; the person hears at once and confirms anew. */
export const moveAppointment = defineUseCase({
  name: 'move-appointment',
  input: z.object({ appointmentId: AppointmentId, startsAt: z.date() }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, startsAt }, { store, now }): Promise<Done<Appointment>> {
    const appointment = await store.appointments.must(appointmentId);
    const isRequest = appointment.state === 'asked';
    if (!isRequest) stillToCome(appointment, now);
    refusePast(startsAt, now);
    if (appointment.startsAt?.getTime() === startsAt.getTime()) return unchanged(appointment);

    const moved = await store.appointments.save(setTo(appointment, startsAt, 'booked'));
    return {
      events: [
        {
          type: isRequest ? 'appointment.booked' : 'appointment.moved',
          ...aboutAppointment(moved),
          isAnswer: appointment.state === 'asked' || appointment.state === 'moveAsked',
        },
      ],
      result: moved,
    };
  },
});
