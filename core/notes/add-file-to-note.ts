import { z } from 'zod';
import { FileId, NoteId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { minutesBetween } from '../time.ts';
import { defineUseCase } from '../use-case.ts';
import type { Looks } from '../world.ts';
import { aboutNote, type Note } from './note.ts';

/** A photo or voice that comes after "trimit" still finds its note, for a while and while nobody decided (`experience.md` 3). */
export const addFileToNote = defineUseCase({
  name: 'add-file-to-note',
  input: z.object({ noteId: NoteId, files: z.array(FileId).min(1).max(10), words: z.string().max(4000).default('') }),
  subject: ({ noteId }, { store }) => store.notes.get(noteId),

  async run({ noteId, files, words }, { store, now, settings }) {
    const note = await store.notes.must(noteId);
    if (!takesLateFiles(note, { now, settings })) throw new Refusal(phrase('notes:notEditable'));
    const observed = {
      words: [note.observed.words, words].filter(Boolean).join('\n'),
      files: [...note.observed.files, ...files],
    };
    const saved = await store.notes.save({ ...note, observed });
    return { events: [{ type: 'note.file-added', ...aboutNote(note) }], result: saved };
  },
});

/** True while a late file may join the note. */
export const takesLateFiles = (
  { state, submittedAt }: Note,
  { now, settings }: Pick<Looks, 'now' | 'settings'>,
): boolean => state === 'submitted' && minutesBetween(submittedAt, now) <= settings.notes.lateFileMinutes;
