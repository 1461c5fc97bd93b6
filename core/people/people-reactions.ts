import type { Reactions } from '../reactions.ts';
import type { PeopleEvents } from './people-events.ts';

export const peopleReactions: Reactions<PeopleEvents> = {};
