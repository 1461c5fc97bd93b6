import type { Reactions } from '../reactions.ts';
import type { AppointmentEvents } from './appointment-events.ts';

export const appointmentReactions: Reactions<AppointmentEvents> = {};
