import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { Feedback, ReturnAddress } from './feedback.ts';

/** Opinions on meetings, by coordinator; what waits for a human comes first. */
export function feedbackStore(connection: Connection, seal: Seal) {
  const feedback = openCollection<Feedback>(
    {
      name: 'feedback',
      type: Feedback,
      classes: {
        coordinatorId: 'open',
        placeCode: 'open',
        month: 'open',
        score: 'open',
        personId: 'personal',
        said: 'special',
        wantsAnswer: 'open',
        isAnswered: 'open',
        answer: 'special',
      },
      keyOf: ({ id }) => `feedback:${id}`,
      indexes: [{ fields: { coordinatorId: 1, isAnswered: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...feedback,
    /** `filter` comes from the permission table: unanswered ones with a low score or a wish for an answer. */
    waiting: (filter: Filter, lowScore: number) =>
      feedback.find(
        { $and: [filter, { isAnswered: false, $or: [{ score: { $lte: lowScore } }, { wantsAnswer: true }] }] },
        { sort: { score: 1, month: 1 }, limit: 50 },
      ),
    /** `filter` comes from the permission table; the lowest scores of the newest months first. */
    visible: (filter: Filter) => feedback.find(filter, { sort: { month: -1, score: 1 }, limit: 50 }),
  };
}

/** Return addresses of anonymous opinions; read only to give an answer back, and forgotten by a timer. */
export const returnAddressStore = (connection: Connection, seal: Seal) =>
  openCollection<ReturnAddress>(
    {
      name: 'returnAddresses',
      type: ReturnAddress,
      classes: { personId: 'secret' },
      keyOf: ({ id }) => `feedback:${id}`,
    },
    connection,
    seal,
  );
