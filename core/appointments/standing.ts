import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { type Appointment, stands, type Timed } from './appointment.ts';

/** The appointment if it is still to come; else the refusal says whether it has passed or is off. */
export function stillToCome(appointment: Appointment, now: Date): Timed {
  if (!stands(appointment)) throw new Refusal(phrase('appointments:gone'));
  if (appointment.startsAt <= now) throw new Refusal(phrase('appointments:past'));
  return appointment;
}

/** The appointment if it has begun and nobody has marked what became of it. */
export function alreadyBegun(appointment: Appointment, now: Date): Timed {
  if (!stands(appointment)) throw new Refusal(phrase('appointments:gone'));
  if (appointment.startsAt > now) throw new Refusal(phrase('appointments:notYet'));
  return appointment;
}

/** A time for a meeting lies ahead. */
export function refusePast(startsAt: Date, now: Date): void {
  if (startsAt <= now) throw new Refusal(phrase('appointments:date.past'));
}
