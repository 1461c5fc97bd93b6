import { z } from 'zod';
import { PersonId } from '../id.ts';
import { readingReasons } from '../rights.ts';

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
  /** Of a reading: by which right. */
  reason: z.enum(readingReasons).optional(),
  /** The rest of the event: ids and codes, sealed all the same. */
  fields: z.unknown(),
  /** Its place: which chain, the number in it, the MAC of the line before, its own. A line without them was not written by a step. */
  chain: z.string().optional(),
  number: z.number().int().optional(),
  previous: z.string().optional(),
  mac: z.string().optional(),
});
export type JournalLine = z.infer<typeof JournalLine>;

/** A line as a step hands it over; the store gives it its number and its MAC. */
export type NewLine = Omit<JournalLine, 'number' | 'previous' | 'mac'> & { chain: string };

/** Where a chain stands: the number and the MAC of its last line. Changed with its version by every step that adds to it. */
export const JournalHead = z.object({
  /** The chain. */
  id: z.string(),
  version: z.number().int(),
  number: z.number().int(),
  mac: z.string(),
  /** The MAC over the head itself. */
  proof: z.string(),
});
export type JournalHead = z.infer<typeof JournalHead>;
