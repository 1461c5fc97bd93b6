import { z } from 'zod';
import { InvitationId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutInvitation, stateOf } from './invitation.ts';

/** Whoever holds a code that is no use any more asks for a new one; the contact on file hears it once, the asker learns nothing. */
export const askForInvitation = defineUseCase({
  name: 'ask-for-invitation',
  input: z.object({ invitationId: InvitationId }),
  subject: ({ invitationId }, { store }) => store.invitations.get(invitationId),

  async run({ invitationId }, { store, now }) {
    const invitation = await store.invitations.must(invitationId);
    if (invitation.askedAt || stateOf(invitation, now) === 'open') return unchanged(undefined);
    await store.invitations.save({ ...invitation, askedAt: now });
    return { events: [{ type: 'invitation.asked', ...aboutInvitation(invitation) }], result: undefined };
  },
});
