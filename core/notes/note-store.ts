import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { CaseId, PersonId } from '../id.ts';
import { erasedWords, type Seal } from '../seal.ts';
import { Note } from './note.ts';

const erasedSaid = { words: erasedWords, files: [] };

/** Notes: what waits for validation, what was returned, what was written on a case. */
export function noteStore(connection: Connection, seal: Seal) {
  const notes = openCollection<Note>(
    {
      name: 'notes',
      type: Note,
      classes: {
        number: 'open',
        kind: 'open',
        caseId: 'open',
        writtenBy: 'open',
        coordinatorId: 'open',
        visitedAt: 'open',
        present: 'special',
        observed: 'special',
        opinion: 'special',
        next: 'special',
        state: 'open',
        dueAt: 'open',
        submittedAt: 'open',
        decidedBy: 'open',
        decidedAt: 'open',
        validatedAt: 'open',
        comments: 'special',
        additions: 'special',
        versions: 'special',
      },
      keyOf: ({ caseId }) => `case:${caseId}`,
      whenErased: {
        observed: erasedSaid,
        opinion: erasedSaid,
        next: erasedSaid,
        comments: [],
        additions: [],
        versions: [],
      },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { coordinatorId: 1, state: 1, submittedAt: 1 } },
        { fields: { writtenBy: 1, submittedAt: -1 } },
        { fields: { caseId: 1, submittedAt: -1 } },
      ],
    },
    connection,
    seal,
  );
  return {
    ...notes,
    /** `filter` comes from the permission table; the oldest first, as it waits longest. */
    toValidate: (filter: Filter) =>
      notes.find({ $and: [filter, { state: 'submitted' }] }, { sort: { submittedAt: 1 }, limit: 100 }),
    returnedTo: (writtenBy: PersonId) =>
      notes.find({ writtenBy, state: 'returned' }, { sort: { decidedAt: 1 }, limit: 100 }),
    writtenBy: (writtenBy: PersonId, limit = 10) =>
      notes.find({ writtenBy }, { sort: { submittedAt: -1, number: -1 }, limit }),
    lastOnCase: (caseId: CaseId, filter: Filter, limit = 3) =>
      notes.find({ $and: [filter, { caseId }] }, { sort: { submittedAt: -1 }, limit }),
    /** A note somebody wrote on a case after an instant: the sheet they owed is there. */
    writtenAfter: (caseId: CaseId, writtenBy: PersonId, after: Date) =>
      notes.first({ caseId, writtenBy, submittedAt: { $gt: after } }),
  };
}
