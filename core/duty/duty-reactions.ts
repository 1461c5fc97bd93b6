import type { Reactions } from '../reactions.ts';
import type { DutyEvents } from './duty-events.ts';

export const dutyReactions: Reactions<DutyEvents> = {};
