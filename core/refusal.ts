import type { PersonId } from './id.ts';
import type { Phrase } from './phrase.ts';

/**
 * An expected "no": what to say, and whose decision it is, so that a prepared request can be offered (domain 4).
 * Thrown by `run` before its first write and by the permission check; `execute` gives it back as a value.
 */
export class Refusal extends Error {
  readonly phrase: Phrase;
  readonly decidedBy: PersonId | undefined;
  /** The number of the case it is about, for the prepared request. */
  readonly caseNumber: string | undefined;

  constructor(phrase: Phrase, decidedBy?: PersonId, caseNumber?: string) {
    super(phrase.key);
    this.phrase = phrase;
    this.decidedBy = decidedBy;
    this.caseNumber = caseNumber;
  }
}
