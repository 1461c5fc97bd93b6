import { z } from 'zod';
import { PersonId } from '../id.ts';

/** One line per event and per refusal, written in the transaction of the step. No update, no delete. */
export const JournalLine = z.object({
  id: z.string(),
  version: z.number().int(),
  at: z.date(),
  type: z.string(),
  about: z.object({ kind: z.string(), id: z.string() }),
  caseId: z.string().optional(),
  by: PersonId.optional(),
  role: z.string(),
  /** The rest of the event: ids and codes, sealed all the same. */
  fields: z.unknown(),
});
export type JournalLine = z.infer<typeof JournalLine>;
