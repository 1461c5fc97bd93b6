import { z } from 'zod';
import { CaseId, FileId, NoteId, PersonId } from '../id.ts';
import type { Settings } from '../settings.ts';

/** What a technician writes after being with or about somebody [GUIDE g027]. */
export const noteKinds = ['visit', 'observation', 'phone', 'meeting'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** Who was there, in codes. */
export const presences = ['personAlone', 'withFamily', 'withOthers', 'nobodyHome'] as const;

/** Words with what was sent along; a voice alone is enough. */
export const Said = z.object({ words: z.string().max(20_000), files: z.array(FileId).max(40) });
export type Said = z.infer<typeof Said>;

/** What the writer says: facts, and apart from them the opinion and what comes next [GUIDE]. */
export const NoteText = z.object({
  visitedAt: z.date(),
  present: z.enum(presences).optional(),
  observed: Said,
  opinion: Said,
  next: Said,
});
export type NoteText = z.infer<typeof NoteText>;

const Remark = z.object({ by: PersonId, at: z.date(), words: z.string() });

/** A note: submitted, then validated or returned with a comment; a validated one is never changed, only corrected by a later one [GUIDE g078]. */
export const Note = NoteText.extend({
  id: NoteId,
  version: z.number().int(),
  /** For example N-207: what notifications may show. */
  number: z.string(),
  kind: z.enum(noteKinds),
  caseId: CaseId,
  writtenBy: PersonId,
  coordinatorId: PersonId,
  state: z.enum(['submitted', 'validated', 'returned']),
  /** When it had to be there [GUIDE g044]. */
  dueAt: z.date(),
  submittedAt: z.date(),
  /** Who validated or returned it last, and when. */
  decidedBy: PersonId.optional(),
  decidedAt: z.date().optional(),
  validatedAt: z.date().optional(),
  /** Why it was returned, each time. */
  comments: z.array(Remark),
  /** What the coordinator added when validating. */
  additions: z.array(Remark),
  /** The texts that were returned, oldest first. */
  versions: z.array(NoteText.extend({ submittedAt: z.date() })),
});
export type Note = z.infer<typeof Note>;

/** A sheet is due so long after the visit; the guide's example of a protocol [GUIDE g044]. */
export const sheetDueAt = (visitedAt: Date, { notes }: Settings): Date =>
  new Date(visitedAt.getTime() + notes.dueHours * 3_600_000);

/** Neither words nor a voice or a photo. */
export const isEmpty = ({ words, files }: Said): boolean => words.trim() === '' && files.length === 0;

/** What every event of a note carries. */
export const aboutNote = ({ id, caseId }: Pick<Note, 'id' | 'caseId'>) => ({
  about: { kind: 'note', id: id as string },
  caseId: caseId as string,
  noteId: id,
});
