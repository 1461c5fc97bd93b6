import type { CardName } from '../cards.ts';
import type { Lane } from '../delivery/outbox.ts';
import { presentFor } from '../people/contact.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { nextQuietEnd } from '../time.ts';
import { type Appointment, remindDayBeforeAt } from './appointment.ts';
import type { AppointmentEvents } from './appointment-events.ts';
import { noTimersOf, timersOf } from './appointment-timers.ts';

type Follow = (
  appointment: Appointment,
  deps: ReactionDeps,
  event: { isAnswer?: boolean },
) => Promise<Reaction[]> | Reaction[];

/** What follows from each event of an appointment: timers that stand, move or fall with it, cards for whoever did not do it, copies that change. */
export const appointmentReactions: Reactions<AppointmentEvents> = {
  'appointment.asked': after((appointment, deps) => toStaff(appointment, 'appointment-staff', deps)),
  'appointment.booked': after(settled),
  'appointment.confirmed': after((appointment, deps) => toStaff(appointment, 'appointment-staff', deps)),
  'appointment.move-asked': after((appointment, deps) => toStaff(appointment, 'appointment-staff', deps)),
  'appointment.times-offered': after((appointment, deps) => [
    toPerson(appointment, 'appointment-offers', deps, 'waiting'),
  ]),
  'appointment.offers-declined': after((appointment, deps) => toStaff(appointment, 'appointment-none-fits', deps)),
  'appointment.time-chosen': after(async (appointment, deps) => [
    ...timersOf(appointment, deps),
    ...(await toStaff(appointment, 'appointment-chosen', deps)),
  ]),
  'appointment.moved': after(settled),
  'appointment.cancelled': after(async (appointment, deps) => [
    ...noTimersOf(appointment),
    ...(await toStaff(appointment, 'appointment-staff', deps)),
  ]),
  'appointment.called-off': after((appointment, deps) => [
    ...noTimersOf(appointment),
    toPerson(appointment, 'appointment', deps),
  ]),
  'appointment.came': after(() => []),
  'appointment.missed': after((appointment, deps) => [
    ...noTimersOf(appointment),
    toPerson(appointment, 'appointment', deps),
  ]),
  'appointment.reminded': async ({ appointmentId, reminder }, { store }) => {
    const { personId } = await store.appointments.must(appointmentId);
    return [
      {
        do: 'tell',
        to: personId,
        card: reminder === 'dayBefore' ? 'appointment-tomorrow' : 'appointment-today',
        subject: appointmentId,
        lane: 'routine',
      },
    ];
  },
  'appointment.how-asked': after((appointment) => [
    { do: 'tell', to: appointment.personId, card: 'feedback-ask', subject: appointment.id, lane: 'routine' },
  ]),
  'appointment.read': () => [],
};

/** The state changed: every copy is edited, the coordinator's home is drawn again, and what else follows. */
function after(follow: Follow) {
  return async (event: { appointmentId: string; isAnswer?: boolean }, deps: ReactionDeps): Promise<Reaction[]> => {
    const { appointmentId } = event;
    const appointment = await deps.store.appointments.must(appointmentId);
    return [
      { do: 'refresh', subject: appointmentId },
      ...(await homes(appointment, deps)),
      ...(await follow(appointment, deps, event)),
    ];
  };
}

/** A time was set: its timers stand there now, and the person hears. */
function settled(appointment: Appointment, deps: ReactionDeps, { isAnswer }: { isAnswer?: boolean }): Reaction[] {
  return [...timersOf(appointment, deps), toPerson(appointment, 'appointment', deps, isAnswer ? 'waiting' : 'routine')];
}

/** Unasked words wait for the morning, save when the meeting is hours away (`delivery.md` 6); the answer to a request does not. */
function toPerson(appointment: Appointment, card: CardName, deps: ReactionDeps, lane: Lane = 'routine'): Reaction {
  return {
    do: 'tell',
    to: appointment.personId,
    card,
    subject: appointment.id,
    lane,
    at: lane === 'waiting' ? deps.now : quietly(appointment, deps),
  };
}

/** The coordinator, or while absent the substitute. */
async function toStaff(appointment: Appointment, card: CardName, deps: ReactionDeps): Promise<Reaction[]> {
  const coordinator = await presentFor(appointment.coordinatorId, deps);
  if (!coordinator || coordinator.id === deps.actor.id) return [];
  return [
    { do: 'tell', to: coordinator.id, card, subject: appointment.id, lane: 'routine', at: quietly(appointment, deps) },
  ];
}

function quietly({ startsAt }: Appointment, { now, settings }: ReactionDeps): Date {
  const isHoursAway = startsAt !== undefined && remindDayBeforeAt(startsAt, settings) <= now;
  return isHoursAway ? now : nextQuietEnd(now, settings.quietHours);
}

async function homes({ coordinatorId }: Appointment, deps: ReactionDeps): Promise<Reaction[]> {
  const coordinator = await presentFor(coordinatorId, deps);
  return [...new Set([coordinatorId, ...(coordinator ? [coordinator.id] : [])])].map((of) => ({ do: 'home', of }));
}
