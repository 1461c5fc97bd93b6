import type { Reactions } from '../reactions.ts';
import type { NoteEvents } from './note-events.ts';

export const noteReactions: Reactions<NoteEvents> = {};
