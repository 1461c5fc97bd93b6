import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import { erasedWords, type Seal } from '../seal.ts';
import { PreparedRequest } from './request.ts';

/** Requests: what waits for whose decision, and what somebody has asked already. */
export function requestStore(connection: Connection, seal: Seal) {
  const requests = openCollection<PreparedRequest>(
    {
      name: 'requests',
      type: PreparedRequest,
      classes: {
        number: 'open',
        askedBy: 'open',
        decidedBy: 'open',
        asked: 'open',
        caseId: 'open',
        words: 'special',
        askedAt: 'open',
        state: 'open',
        answeredBy: 'open',
        answeredAt: 'open',
        reason: 'special',
      },
      keyOf: ({ caseId, askedBy }) => (caseId ? `case:${caseId}` : `person:${askedBy}`),
      whenErased: { words: erasedWords },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { decidedBy: 1, state: 1, askedAt: 1 } },
        { fields: { askedBy: 1, state: 1 } },
      ],
    },
    connection,
    seal,
  );
  return {
    ...requests,
    /** `filter` comes from the permission table; the oldest first. */
    waiting: (filter: Filter) =>
      requests.find({ $and: [filter, { state: 'waiting' }] }, { sort: { askedAt: 1 }, limit: 100 }),
    waitingBy: (askedBy: PersonId) => requests.find({ askedBy, state: 'waiting' }, { sort: { askedAt: -1 } }),
  };
}
