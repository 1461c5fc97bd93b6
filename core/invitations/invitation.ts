import { z } from 'zod';
import { InvitationId, PersonId } from '../id.ts';
import { personRoles } from '../roles.ts';

/** A one-time code that links one account to one person on file. Only the digest of the code is kept. */
export const Invitation = z.object({
  id: InvitationId,
  version: z.number().int(),
  /** `access`: the first chat, or a new phone. `otherChat`: the second chat of somebody who has the first. */
  purpose: z.enum(['access', 'otherChat']),
  personId: PersonId,
  role: z.enum(personRoles),
  /** The coordinator of a technician, or of the person's case. */
  coordinatorId: PersonId.optional(),
  madeBy: PersonId.optional(),
  codeDigest: z.string(),
  /** The light check of a beneficiary: the year of birth, asked when the invitation is opened. */
  needsYear: z.boolean(),
  checksLeft: z.number().int(),
  state: z.enum(['open', 'used', 'revoked', 'stopped', 'expired']),
  madeAt: z.date(),
  validUntil: z.date(),
  usedAt: z.date().optional(),
  /** When the person asked for a new one, so that the coordinator hears it once. */
  askedAt: z.date().optional(),
});
export type Invitation = z.infer<typeof Invitation>;

/** The state as of now: an open one whose time is over has expired, whether or not its timer came. */
export const stateOf = ({ state, validUntil }: Invitation, now: Date): Invitation['state'] =>
  state === 'open' && validUntil <= now ? 'expired' : state;

/** What every event of an invitation carries. */
export const aboutInvitation = ({ id, personId }: Invitation) => ({
  about: { kind: 'person', id: personId as string },
  invitationId: id,
  personId,
});
