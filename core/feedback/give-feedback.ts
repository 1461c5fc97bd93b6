import { z } from 'zod';
import { type Appointment, endsAt, stands } from '../appointments/appointment.ts';
import { AppointmentId, type FeedbackId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addDays } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutFeedback, type Feedback, isLow, monthOf } from './feedback.ts';

/** One face after a meeting, once. It is kept without a name; only the sealed return address knows whose it is [ECSILI]. */
export const giveFeedback = defineUseCase({
  name: 'give-feedback',
  input: z.object({ appointmentId: AppointmentId, score: z.number().int().min(1).max(5) }),
  subject: ({ appointmentId }, { store }) => store.appointments.get(appointmentId),

  async run({ appointmentId, score }, deps): Promise<Done<Feedback | undefined>> {
    const { store, settings, newId } = deps;
    const appointment = await store.appointments.must(appointmentId);
    const startsAt = takenPlaceAt(appointment, deps);
    if (appointment.hasFeedback) return unchanged(undefined);

    const { placeCode } = await store.cases.must(appointment.caseId);
    const { coordinatorId, personId } = appointment;
    const feedback: Feedback = {
      id: newId<FeedbackId>(),
      version: 0,
      coordinatorId,
      placeCode,
      month: monthOf(startsAt),
      score,
      wantsAnswer: false,
      isAnswered: false,
    };
    await store.feedback.insert(feedback);
    await store.returnAddresses.insert({ id: feedback.id, version: 0, personId });
    await store.appointments.save({ ...appointment, hasFeedback: true });
    return {
      events: [{ type: 'feedback.given', ...aboutFeedback(feedback), isLow: isLow(feedback, settings) }],
      result: feedback,
    };
  },
});

/** When the meeting was; one that did not take place, is still on, or lies too far back is refused. */
function takenPlaceAt(appointment: Appointment, { now, settings }: Deps): Date {
  const { startsAt } = appointment;
  if (!startsAt || (appointment.state !== 'came' && !stands(appointment)))
    throw new Refusal(phrase('appointments:gone'));
  const end = endsAt({ ...appointment, startsAt });
  if (end > now && appointment.state !== 'came') throw new Refusal(phrase('appointments:notYet'));
  if (addDays(end, settings.feedback.returnAddressDays) < now) throw new Refusal(phrase('feedback:tooLate'));
  return startsAt;
}
