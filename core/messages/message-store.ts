import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import { erasedWords, type KeyIds, keyOfAccount, type Seal } from '../seal.ts';
import { KeptMessage } from './kept-message.ts';

/** Messages: what waits for whom, and the one a correction or the rest of an album belongs to. */
export function messageStore(connection: Connection, seal: Seal) {
  /** Words on a case belong to it and to who wrote them; each can be erased apart. */
  const keyOfMessage = ({ personId, caseId, account }: KeptMessage, field: string): KeyIds => {
    if (account && (field === 'account' || !(personId || caseId)))
      return keyOfAccount(seal, account.channel, account.key);
    if (personId && caseId) return [`person:${personId}`, `case:${caseId}`];
    if (caseId) return `case:${caseId}`;
    return personId ? `person:${personId}` : 'office';
  };
  const messages = openCollection<KeptMessage>(
    {
      name: 'messages',
      type: KeptMessage,
      classes: {
        number: 'open',
        origin: 'open',
        personId: 'open',
        account: 'personal',
        caseId: 'open',
        coordinatorId: 'open',
        readerIds: 'open',
        parts: 'special',
        receivedAt: 'open',
        answerDueAt: 'open',
        state: 'open',
        answers: 'special',
        isFlagged: 'open',
      },
      keyOf: keyOfMessage,
      whenErased: { parts: [{ at: new Date(0), words: erasedWords, files: [], former: [] }], answers: [] },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { coordinatorId: 1, state: 1, answerDueAt: 1 } },
        { fields: { readerIds: 1, state: 1, answerDueAt: 1 } },
        { fields: { personId: 1, receivedAt: -1 } },
      ],
      blind: {
        ref: {
          of: ({ parts }) => parts.flatMap(({ ref, albumRef }) => [ref, albumRef].filter((one) => one !== undefined)),
        },
        sender: { of: ({ account }) => (account ? [`${account.channel}:${account.key}`] : []) },
      },
    },
    connection,
    seal,
  );
  return {
    ...messages,
    /** The newest message that has a part with this reference. */
    withRef: async (ref: string) =>
      (await messages.byBlind('ref', [ref])).findLast(({ parts }) =>
        parts.some((part) => part.ref === ref || part.albumRef === ref),
      ),
    waitingOf: (personId: PersonId, since: Date) =>
      messages.first({ personId, state: 'waiting', receivedAt: { $gte: since } }, { sort: { receivedAt: -1 } }),
    waitingFrom: async (sender: string, since: Date) =>
      (await messages.byBlind('sender', [sender], { state: 'waiting', receivedAt: { $gte: since } })).at(-1),
    /** `filter` comes from the permission table; what is promised first stands first. */
    open: (filter: Filter) =>
      messages.find(
        { $and: [filter, { state: { $in: ['waiting', 'read'] } }] },
        { sort: { answerDueAt: 1 }, limit: 100 },
      ),
    ofPerson: (personId: PersonId, limit = 10) => messages.find({ personId }, { sort: { receivedAt: -1 }, limit }),
  };
}
