import type { Reactions } from '../reactions.ts';
import type { CaseEvents } from './case-events.ts';

/** Reading a case changes nothing; its line in the journal is all. */
export const caseReactions: Reactions<CaseEvents> = {
  'case.read': () => [],
};
