import { type FileId, NoteId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutNote, type Note, NoteText, type Said, sheetDueAt } from './note.ts';
import { refuseUnready } from './submit-note.ts';

/** Sends a returned note again, corrected; the returned text is kept beside it, and no file that was sent is lost [GUIDE g078]. */
export const resubmitNote = defineUseCase({
  name: 'resubmit-note',
  input: NoteText.extend({ noteId: NoteId }),
  subject: ({ noteId }, { store }) => store.notes.get(noteId),

  async run({ noteId, ...text }, { store, settings, now }) {
    const note = await store.notes.must(noteId);
    if (note.state === 'validated') throw new Refusal(phrase('notes:notEditable'));
    if (note.state === 'submitted')
      throw new Refusal(
        phrase('notes:alreadyDecided', { number: note.number, state: phrase('notes:state.submitted') }),
      );
    const corrected = withOldFiles(text, note);
    refuseUnready(corrected, now);
    const saved = await store.notes.save({
      ...note,
      ...corrected,
      state: 'submitted',
      submittedAt: now,
      dueAt: sheetDueAt(text.visitedAt, settings),
      versions: [...note.versions, textOf(note)],
    });
    return { events: [{ type: 'note.resubmitted', ...aboutNote(note) }], result: saved };
  },
});

const withOldFiles = (text: NoteText, note: Note): NoteText => ({
  ...text,
  observed: joined(text.observed, note.observed.files),
  opinion: joined(text.opinion, note.opinion.files),
  next: joined(text.next, note.next.files),
});

const joined = ({ words, files }: Said, before: FileId[]): Said => ({
  words,
  files: [...new Set([...before, ...files])],
});

const textOf = ({ visitedAt, present, observed, opinion, next, submittedAt }: Note): Note['versions'][number] => ({
  visitedAt,
  ...(present ? { present } : {}),
  observed,
  opinion,
  next,
  submittedAt,
});
