import { z } from 'zod';
import { NoteId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutNote, type Note } from './note.ts';

/** Which note, and the version that was shown: a button acts only as of what was read. */
export const Decided = z.object({ noteId: NoteId, asOf: z.number().int().optional() });

/** Validates a note, by the coordinator or who stands in; an addition stands beside the text, which stays as it is [GUIDE g078]. */
export const validateNote = defineUseCase({
  name: 'validate-note',
  input: Decided.extend({ addition: z.string().trim().max(4000).default('') }),
  subject: ({ noteId }, { store }) => store.notes.get(noteId),

  async run({ noteId, asOf, addition }, { store, actor, now }) {
    const note = await store.notes.must(noteId);
    refuseDecided(note, asOf);
    const by = actor.id as PersonId;
    const additions = addition ? [...note.additions, { by, at: now, words: addition }] : note.additions;
    const saved = await store.notes.save({
      ...note,
      state: 'validated',
      decidedBy: by,
      decidedAt: now,
      validatedAt: now,
      additions,
    });
    return {
      events: [{ type: 'note.validated', ...aboutNote(note), by, isOwn: false, hasAddition: addition !== '' }],
      result: saved,
    };
  },
});

/** Only what waits can be decided, and only as it was shown. */
export function refuseDecided(note: Note, asOf: number | undefined): void {
  if (note.state !== 'submitted')
    throw new Refusal(
      phrase('notes:alreadyDecided', { number: note.number, state: phrase(`notes:state.${note.state}`) }),
    );
  if (asOf !== undefined && asOf !== note.version) throw new Refusal(phrase('errors:changedMeanwhile'));
}
