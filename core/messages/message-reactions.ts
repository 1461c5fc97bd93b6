import type { Reactions } from '../reactions.ts';
import type { MessageEvents } from './message-events.ts';

export const messageReactions: Reactions<MessageEvents> = {};
