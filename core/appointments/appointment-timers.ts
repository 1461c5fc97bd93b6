import type { Reaction } from '../reactions.ts';
import type { Deps } from '../world.ts';
import { type Appointment, askHowAt, remindDayBeforeAt, remindShortlyAt, stands } from './appointment.ts';

/** The timers of an appointment that was set or moved; the same keys again move them, what is already past is taken back. */
export function timersOf(appointment: Appointment, { settings, now }: Pick<Deps, 'settings' | 'now'>): Reaction[] {
  if (!stands(appointment)) return noTimersOf(appointment);
  const { id, startsAt } = appointment;
  const timer = (key: string, kind: Extract<Reaction, { do: 'timer' }>['kind'], at: Date | undefined): Reaction =>
    at && at > now ? { do: 'timer', key, kind, subject: id, at } : { do: 'cancel', key };
  return [
    timer(dayBefore(id), 'remind-appointment-day-before', remindDayBeforeAt(startsAt, settings)),
    timer(shortly(id), 'remind-appointment-shortly', remindShortlyAt(startsAt, settings)),
    timer(how(id), 'ask-how-it-went', askHowAt(appointment, settings)),
  ];
}

/** It will not take place: nothing is said of it any more. */
export const noTimersOf = ({ id }: Appointment): Reaction[] =>
  [dayBefore(id), shortly(id), how(id)].map((key) => ({ do: 'cancel', key }));

const dayBefore = (id: string) => `appointment-${id}-day-before`;
const shortly = (id: string) => `appointment-${id}-shortly`;
const how = (id: string) => `appointment-${id}-how`;
