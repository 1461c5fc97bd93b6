import { z } from 'zod';
import { NoteId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutNote } from './note.ts';

/** "Citesc": opens the text of a note; each reading leaves a line [GUIDE]. */
export const readNote = defineUseCase({
  name: 'read-note',
  input: z.object({ noteId: NoteId }),
  subject: ({ noteId }, { store }) => store.notes.get(noteId),

  async run({ noteId }, { store }) {
    const note = await store.notes.must(noteId);
    return { events: [{ type: 'note.read', ...aboutNote(note) }], result: note };
  },
});
