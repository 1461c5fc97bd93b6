import { z } from 'zod';
import { PersonId } from '../id.ts';

/**
 * Nothing is worked on and nothing goes out until two people release it: after a restore, when the journal lies behind its anchor, or by hand
 * (`delivery.md` 7). `lostSince`: what was written after this instant is not in the database any more. `isPrepared`: everything that must happen
 * before a release has been done.
 */
export const Hold = z.object({
  since: z.date(),
  why: z.enum(['restored', 'journalBehind', 'byHand']),
  lostSince: z.date().optional(),
  isPrepared: z.boolean(),
  releasedBy: z.array(PersonId),
});
export type Hold = z.infer<typeof Hold>;

/** So many different people must release a hold. */
export const releasesNeeded = 2;
