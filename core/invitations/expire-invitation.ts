import { z } from 'zod';
import { InvitationId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutInvitation } from './invitation.ts';

/** Its time is over and nobody used it: whoever made it may make another. */
export const expireInvitation = defineUseCase({
  name: 'expire-invitation',
  input: z.object({ invitationId: InvitationId }),
  subject: ({ invitationId }, { store }) => store.invitations.get(invitationId),

  async run({ invitationId }, { store, now }) {
    const invitation = await store.invitations.must(invitationId);
    if (invitation.state !== 'open' || invitation.validUntil > now) return unchanged(undefined);
    const isSecondChat = invitation.purpose === 'otherChat';
    await store.invitations.save({ ...invitation, state: isSecondChat ? 'revoked' : 'expired' });
    const type = isSecondChat ? 'invitation.revoked' : 'invitation.expired';
    return { events: [{ type, ...aboutInvitation(invitation) }], result: undefined };
  },
});
