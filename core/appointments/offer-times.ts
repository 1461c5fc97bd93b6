import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAppointment } from './appointment.ts';
import { refusePast, stillToCome } from './standing.ts';

/** The coordinator offers other times, which the person gets as buttons; the time that is set stays until one is chosen. */
export const offerTimes = defineUseCase({
  name: 'offer-times',
  input: z.object({ appointmentId: AppointmentId, times: z.array(z.date()).min(1) }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, times }, { store, settings, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state !== 'asked') stillToCome(appointment, now);
    for (const at of times) refusePast(at, now);
    const offers = [...times].sort((a, b) => a.getTime() - b.getTime()).slice(0, settings.appointments.offers);
    if (new Set(times.map(Number)).size < times.length) throw new Refusal(phrase('appointments:offer.same'));

    const offered = await store.appointments.save({
      ...appointment,
      state: appointment.state === 'asked' ? 'asked' : 'moveAsked',
      offers,
    });
    return { events: [{ type: 'appointment.times-offered', ...aboutAppointment(offered) }], result: offered };
  },
});
