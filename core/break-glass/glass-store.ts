import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import { erasedWords, type Seal } from '../seal.ts';
import { BrokenGlass } from './broken-glass.ts';

/** Urgent accesses to foreign cases: what waits for a second person. */
export function glassStore(connection: Connection, seal: Seal) {
  const glasses = openCollection<BrokenGlass>(
    {
      name: 'brokenGlass',
      type: BrokenGlass,
      classes: {
        caseId: 'open',
        askedBy: 'open',
        reason: 'special',
        openedAt: 'open',
        until: 'open',
        state: 'open',
        reviewedBy: 'open',
        reviewedAt: 'open',
      },
      keyOf: ({ caseId }) => `case:${caseId}`,
      whenErased: { reason: erasedWords },
      indexes: [{ fields: { state: 1, openedAt: 1 } }, { fields: { askedBy: 1, caseId: 1, until: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...glasses,
    /** `filter` comes from the permission table; the oldest first. */
    waiting: (filter: Filter) =>
      glasses.find({ $and: [filter, { state: 'waiting' }] }, { sort: { openedAt: 1 }, limit: 100 }),
    /** The access that this person has to the case now. */
    openOf: (askedBy: string, caseId: string, now: Date) =>
      glasses.first({ askedBy, caseId, until: { $gt: now } }, { sort: { until: -1 } }),
  };
}
