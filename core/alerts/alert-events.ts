import type { AlertId, PersonId } from '../id.ts';
import type { Level } from '../settings.ts';
import type { Ring } from './alert.ts';

export type AlertEvents = {
  'alert.raised': { alertId: AlertId; level: Level; origin: 'report' | 'help' | 'callMe' };
  /** New words on an alert that is open already. */
  'alert.repeated': { alertId: AlertId };
  /** A step of the climb: who is told now. */
  'alert.told': { alertId: AlertId; step: number; ring: Ring; people: PersonId[] };
  /** Chosen for a ring, and not of it any more when the message would have left. */
  'alert.passed-over': { alertId: AlertId; personId: PersonId; ring: Ring };
  /** The outside phone alarm is called (`ALARM_URL`). */
  'alert.phone-alarm': { alertId: AlertId; level: Level };
  'alert.taken': { alertId: AlertId; by: PersonId; told: PersonId[] };
  'alert.step-noted': { alertId: AlertId; by: PersonId };
  /** Taken, but no step noted: the owner is asked. */
  'alert.asked': { alertId: AlertId; owner: PersonId };
  /** The owner did not answer, or handed it back: nobody has it, the climb goes on. */
  'alert.released': { alertId: AlertId; from: PersonId; isHandedBack: boolean };
  'alert.hand-over-offered': { alertId: AlertId; from: PersonId; to: PersonId };
  'alert.handed-over': { alertId: AlertId; from: PersonId; to: PersonId };
  'alert.hand-over-declined': { alertId: AlertId; owner: PersonId; by: PersonId };
  /** The answer of `from` is not needed any more: somebody else is asked (`to`), or it is closed. */
  'alert.hand-over-withdrawn': { alertId: AlertId; from: PersonId; to?: PersonId };
  'alert.closed': { alertId: AlertId; by: PersonId; told: PersonId[] };
  /** Somebody opened the story: a reading line [GUIDE]. */
  'alert.read': { alertId: AlertId };
};
