import type { Judged } from './accepted.ts';

/** What is said in the journal about the journal itself. */
export type JournalEvents = {
  /** One signature under a finding that was looked into. */
  'journal.findingSigned': Judged;
  /** The second one: the finding stays what it is, and is told as accepted. */
  'journal.findingAccepted': Judged;
  /** What stood in the journal without a chain when the chain began: how many lines, and a digest over all of them. */
  'journal.begun': { lines: number; mark: string };
};
