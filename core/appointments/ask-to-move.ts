import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAppointment, answerDay, Wish, wishing } from './appointment.ts';
import { stillToCome } from './standing.ts';

/** "Altă oră": the person wishes another time. The one that is set stays until another is agreed. */
export const askToMove = defineUseCase({
  name: 'ask-to-move',
  input: z.object({ appointmentId: AppointmentId, wish: Wish }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, wish }, { store, settings, now }) {
    const appointment = stillToCome(await store.appointments.must(appointmentId), now);
    const asked = await store.appointments.save(wishing(appointment, 'moveAsked', wish, answerDay(now, settings)));
    return { events: [{ type: 'appointment.move-asked', ...aboutAppointment(asked) }], result: asked };
  },
});
