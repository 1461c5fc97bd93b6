import { z } from 'zod';
import { type AppointmentId, PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { type Appointment, aboutAppointment, answerDay, Wish, wishing } from './appointment.ts';

/** The person asks for a meeting; their coordinator hears. Asking again while one waits changes the wish. */
export const askForAppointment = defineUseCase({
  name: 'ask-for-appointment',
  input: z.object({ personId: PersonId, wish: Wish }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, wish }, { store, settings, now, newId }) {
    const known = await store.cases.ofPerson(personId);
    if (!known) throw new Refusal(phrase('home:contact.none'));
    const waiting = await store.appointments.askedBy(personId);
    const blank: Appointment = {
      id: newId<AppointmentId>(),
      version: 0,
      caseId: known.id,
      personId,
      coordinatorId: known.coordinatorId,
      state: 'asked',
      lengthMinutes: settings.appointments.lengthMinutes,
      place: { at: 'office' },
      hasInterpreter: false,
      offers: [],
      previousTimes: [],
      wasHowAsked: false,
      hasFeedback: false,
      createdAt: now,
    };
    const asked = wishing(waiting ?? blank, 'asked', wish, answerDay(now, settings));
    if (waiting) await store.appointments.save(asked);
    else await store.appointments.insert(asked);
    return { events: [{ type: 'appointment.asked', ...aboutAppointment(asked) }], result: asked };
  },
});
