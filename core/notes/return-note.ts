import { z } from 'zod';
import type { PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutNote } from './note.ts';
import { Decided, refuseDecided } from './validate-note.ts';

/** Gives a note back with a comment; without one the writer would not know what to correct [GUIDE g080]. */
export const returnNote = defineUseCase({
  name: 'return-note',
  input: Decided.extend({ comment: z.string().trim().max(4000) }),
  subject: ({ noteId }, { store }) => store.notes.get(noteId),

  async run({ noteId, asOf, comment }, { store, actor, now }) {
    const note = await store.notes.must(noteId);
    refuseDecided(note, asOf);
    if (!comment) throw new Refusal(phrase('notes:empty'));
    const by = actor.id as PersonId;
    const saved = await store.notes.save({
      ...note,
      state: 'returned',
      decidedBy: by,
      decidedAt: now,
      comments: [...note.comments, { by, at: now, words: comment }],
    });
    return { events: [{ type: 'note.returned', ...aboutNote(note), by }], result: saved };
  },
});
