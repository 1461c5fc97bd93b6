import type { Reactions } from '../reactions.ts';
import type { JournalEvents } from './journal-events.ts';

/** Operators and administrators sign at the command line: nobody is told by a chat. */
export const journalReactions: Reactions<JournalEvents> = {
  'journal.findingSigned': () => [],
  'journal.findingAccepted': () => [],
  'journal.begun': () => [],
};
