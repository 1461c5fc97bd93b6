import type { Card } from '../cards.ts';
import { phrase } from '../phrase.ts';
import { reissue } from './invitation-reactions.ts';

/** The card of an invitation that ran out; not needed any more when it was renewed or revoked meanwhile. */
export const invitationCards = {
  'invitation-expired': async (id, { store, isNewest }) => {
    const invitation = await store.invitations.get(id);
    if (invitation?.state !== 'expired') return undefined;
    const { name } = await store.people.must(invitation.personId);
    return {
      lines: [phrase('invitations:notice.expired', { name })],
      ...(isNewest ? { buttons: [[reissue(invitation.personId)]] } : {}),
    };
  },
} satisfies Record<string, Card>;
