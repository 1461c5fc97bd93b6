import type { NoteId, PersonId } from '../id.ts';
import type { NoteKind } from './note.ts';

/** Why a technician is reminded: a note returned, a sheet due after an alert, a report begun and left. */
export type Reminder = 'returned' | 'sheet' | 'draft';

export type NoteEvents = {
  'note.submitted': { noteId: NoteId; kind: NoteKind };
  'note.resubmitted': { noteId: NoteId };
  /** `isOwn`: a coordinator's own note needs nobody else. */
  'note.validated': { noteId: NoteId; by: PersonId; isOwn: boolean; hasAddition: boolean };
  'note.returned': { noteId: NoteId; by: PersonId };
  /** A photo or voice that came late. */
  'note.file-added': { noteId: NoteId };
  /** Somebody opened the text: a reading line [GUIDE]. */
  'note.read': { noteId: NoteId };
  'note.reminded': { to: PersonId; why: Reminder; isOverdue: boolean };
};
