import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';
import { foldCode } from './code.ts';
import { Invitation } from './invitation.ts';

/** Invitations, found by the digest of their code, by their person, and those nobody used. */
export function invitationStore(connection: Connection, seal: Seal) {
  const invitations = openCollection<Invitation>(
    {
      name: 'invitations',
      type: Invitation,
      classes: {
        purpose: 'open',
        personId: 'open',
        role: 'open',
        coordinatorId: 'open',
        madeBy: 'open',
        codeDigest: 'open',
        needsYear: 'open',
        checksLeft: 'open',
        state: 'open',
        madeAt: 'open',
        validUntil: 'open',
        usedAt: 'open',
        askedAt: 'open',
      },
      indexes: [
        { fields: { codeDigest: 1 }, isUnique: true },
        { fields: { personId: 1, madeAt: -1 } },
        { fields: { state: 1, coordinatorId: 1 } },
      ],
    },
    connection,
    seal,
  );
  const digestOf = (code: string) => seal.blind('invitations.code', foldCode(code), 128);
  const unused = { purpose: 'access', state: { $in: ['open', 'expired', 'stopped'] } };
  return {
    ...invitations,
    digestOf,
    withCode: (code: string) => invitations.first({ codeDigest: digestOf(code) }),
    /** Those of a person that could still be used or asked for anew. */
    unusedOf: (personId: PersonId) => invitations.find({ ...unused, personId }, { sort: { madeAt: -1 } }),
    /** Codes for the other chat that are still open. */
    otherChatOf: (personId: PersonId) => invitations.find({ purpose: 'otherChat', state: 'open', personId }),
    latestOf: (personId: PersonId) => invitations.first({ purpose: 'access', personId }, { sort: { madeAt: -1 } }),
    /** `filter` comes from the permission table (`filterFor`). */
    neverUsed: (filter: Filter) => invitations.find({ ...filter, ...unused }, { sort: { validUntil: 1 }, limit: 100 }),
  };
}
