import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { KeyId, Seal } from '../seal.ts';
import { JournalLine } from './journal-line.ts';

/** The journal: lines are added by `execute` only. */
export function journalStore(connection: Connection, seal: Seal) {
  const lines = openCollection<JournalLine>(
    {
      name: 'journal',
      type: JournalLine,
      classes: {
        at: 'open',
        type: 'open',
        about: 'open',
        caseId: 'open',
        by: 'open',
        role: 'open',
        fields: 'personal',
      },
      keyOf: keyOfLine,
      indexes: [{ fields: { at: -1 } }, { fields: { caseId: 1, at: 1 } }, { fields: { 'about.id': 1, at: 1 } }],
    },
    connection,
    seal,
  );
  return {
    add: lines.insertMany,
    ofCase: (caseId: string) => lines.find({ caseId }, { sort: { at: 1 } }),
    about: (id: string) => lines.find({ 'about.id': id }, { sort: { at: 1 } }),
    latest: (limit: number) => lines.find({}, { sort: { at: -1 }, limit }),
    count: () => lines.count({}),
    buildIndexes: lines.buildIndexes,
    indexes: lines.indexes,
    name: lines.name,
  };
}

/** A line belongs to its case, else to whom it is about, else to who did it. */
function keyOfLine({ caseId, about, by }: JournalLine): KeyId {
  if (caseId) return `case:${caseId}`;
  if (about.kind === 'person') return `person:${about.id}`;
  return by ? `person:${by}` : 'office';
}
