import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import { erasedWords, type Seal } from '../seal.ts';
import { Erasure } from './erasure.ts';

/** Erasures: what waits for a second person, and what was done. */
export function erasureStore(connection: Connection, seal: Seal) {
  const erasures = openCollection<Erasure>(
    {
      name: 'erasures',
      type: Erasure,
      classes: {
        personId: 'open',
        caseId: 'open',
        coordinatorId: 'open',
        askedBy: 'open',
        askedAt: 'open',
        reason: 'special',
        state: 'open',
        answeredBy: 'open',
        answeredAt: 'open',
        keys: 'open',
        doneAt: 'open',
      },
      keyOf: ({ personId }) => `person:${personId}`,
      whenErased: { reason: erasedWords },
      indexes: [{ fields: { personId: 1, state: 1 } }, { fields: { state: 1, askedAt: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...erasures,
    openOf: (personId: PersonId) => erasures.first({ personId, state: { $in: ['asked', 'approved'] } }),
    /** `filter` comes from the permission table; the oldest first. */
    waiting: (filter: Filter) =>
      erasures.find({ $and: [filter, { state: 'asked' }] }, { sort: { askedAt: 1 }, limit: 20 }),
  };
}
