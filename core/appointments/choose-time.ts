import { z } from 'zod';
import { AppointmentId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { type Appointment, aboutAppointment, setTo } from './appointment.ts';
import { refusePast, stillToCome } from './standing.ts';

/** The person takes one of the offered times: it is set and confirmed with it. A time that somebody else got meanwhile is refused. */
export const chooseTime = defineUseCase({
  name: 'choose-time',
  input: z.object({ appointmentId: AppointmentId, startsAt: z.date() }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, startsAt }, { store, now }) {
    const appointment = await store.appointments.must(appointmentId);
    if (appointment.state === 'confirmed' && isAt(appointment, startsAt)) return unchanged(appointment);
    if (appointment.state !== 'asked') stillToCome(appointment, now);
    if (!appointment.offers.some((offer) => offer.getTime() === startsAt.getTime()))
      throw new Refusal(phrase('appointments:book.taken'));
    refusePast(startsAt, now);
    await refuseTaken(appointment, startsAt, store);

    const chosen = await store.appointments.save(setTo(appointment, startsAt, 'confirmed'));
    return { events: [{ type: 'appointment.time-chosen', ...aboutAppointment(chosen) }], result: chosen };
  },
});

const isAt = (appointment: Appointment, at: Date) => appointment.startsAt?.getTime() === at.getTime();

async function refuseTaken({ id, coordinatorId }: Appointment, startsAt: Date, store: Deps['store']): Promise<void> {
  const others = (await store.appointments.at(coordinatorId, startsAt)).filter((one) => one.id !== id);
  if (others.length > 0) throw new Refusal(phrase('appointments:book.taken'));
}
