import { z } from 'zod';
import { AlertId, NoteId, PersonId } from '../id.ts';
import type { Subjects } from '../rights.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { draftOf } from './draft-due.ts';
import type { Reminder } from './note-events.ts';
import { sheetDueFor } from './sheet-due.ts';

type Input = {
  noteId?: NoteId | undefined;
  alertId?: AlertId | undefined;
  draft?: { run: string; personId: PersonId } | undefined;
};
type Owed = { to: PersonId; why: Reminder; kind: string; id: string; caseId: string; dueAt?: Date };

/** What a due timer of a note does: asks for a returned note, an owed sheet or a report begun and left; nothing when it is there by now [GUIDE g044]. */
export const remindNote = defineUseCase({
  name: 'remind-note',
  input: z.object({
    noteId: NoteId.optional(),
    alertId: AlertId.optional(),
    draft: z.object({ run: z.string(), personId: PersonId }).optional(),
  }),

  async subject(input, deps): Promise<Subjects['note']> {
    const owed = await owedBy(input, deps);
    return {
      id: owed?.id ?? '',
      writtenBy: owed?.to as PersonId,
      coordinatorId: owed?.to as PersonId,
      state: owed ? owed.why : 'done',
    };
  },

  async run(input, deps): Promise<Done<undefined>> {
    const owed = await owedBy(input, deps);
    if (!owed) return unchanged(undefined);
    const { to, why, kind, id, caseId, dueAt } = owed;
    return {
      events: [
        {
          type: 'note.reminded',
          about: { kind, id },
          caseId,
          to,
          why,
          isOverdue: dueAt !== undefined && dueAt <= deps.now,
        },
      ],
      result: undefined,
    };
  },
});

async function owedBy({ noteId, alertId, draft }: Input, deps: Deps): Promise<Owed | undefined> {
  if (noteId) return returned(noteId, deps);
  if (alertId) return sheet(alertId, deps);
  return draft && begun(draft, deps);
}

async function returned(noteId: NoteId, { store }: Deps): Promise<Owed | undefined> {
  const note = await store.notes.get(noteId);
  if (note?.state !== 'returned') return undefined;
  return { to: note.writtenBy, why: 'returned', kind: 'note', id: noteId, caseId: note.caseId };
}

async function sheet(alertId: AlertId, deps: Deps): Promise<Owed | undefined> {
  const alert = await deps.store.alerts.get(alertId);
  const due = alert && (await sheetDueFor(alert, deps));
  return due && { to: due.writtenBy, why: 'sheet', kind: 'alert', id: alertId, caseId: due.caseId, dueAt: due.dueAt };
}

async function begun({ run, personId }: NonNullable<Input['draft']>, deps: Deps): Promise<Owed | undefined> {
  const due = await draftOf(personId, run, deps);
  return due && { to: personId, why: 'draft', kind: 'draft', id: run, caseId: due.caseId, dueAt: due.dueAt };
}
