import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import { CaseId, type NoteId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { type Done, defineUseCase } from '../use-case.ts';
import { aboutNote, isEmpty, type Note, NoteText, noteKinds, sheetDueAt } from './note.ts';

/** Sends a note to be validated; facts are needed, opinion is not. A coordinator's own note needs nobody else [GUIDE g041, g078]. */
export const submitNote = defineUseCase({
  name: 'submit-note',
  input: NoteText.extend({ kind: z.enum(noteKinds), caseId: CaseId }),
  subject: ({ caseId }, { store }) => store.cases.get(caseId),

  async run({ kind, caseId, ...text }, { store, actor, subject, settings, now, newId }): Promise<Done<Note>> {
    refuseUnready(text, now);
    const writtenBy = actor.id as PersonId;
    const isOwn = actor.roles.includes('coordinator');
    const note: Note = {
      ...text,
      id: newId<NoteId>(),
      version: 0,
      number: `N-${await store.counters.next('note')}`,
      kind,
      caseId,
      writtenBy,
      coordinatorId: subject.coordinatorId as PersonId,
      state: isOwn ? 'validated' : 'submitted',
      dueAt: sheetDueAt(text.visitedAt, settings),
      submittedAt: now,
      ...(isOwn ? { decidedBy: writtenBy, decidedAt: now, validatedAt: now } : {}),
      comments: [],
      additions: [],
      versions: [],
    };
    await store.notes.insert(note);
    const events: DomainEvent[] = [{ type: 'note.submitted', ...aboutNote(note), kind }];
    if (isOwn) events.push({ type: 'note.validated', ...aboutNote(note), by: writtenBy, isOwn, hasAddition: false });
    return { events, result: note };
  },
});

/** A note without facts, or of a visit still to come, is not taken. */
export function refuseUnready({ observed, visitedAt }: NoteText, now: Date): void {
  if (isEmpty(observed)) throw new Refusal(phrase('notes:empty'));
  if (visitedAt > now) throw new Refusal(phrase('notes:whenFuture'));
}
