import type { InvitationId, PersonId } from '../id.ts';
import type { Channel } from '../roles.ts';

type About = { invitationId: InvitationId; personId: PersonId };

export type InvitationEvents = {
  'invitation.made': About & { validUntil: string };
  'invitation.revoked': About;
  'invitation.used': About & { channel: Channel; isOtherChat: boolean };
  'invitation.expired': About;
  /** The year of birth was not the one on file. */
  'invitation.check-failed': About & { checksLeft: number };
  /** Too many wrong answers: a human goes on. */
  'invitation.stopped': About;
  /** Somebody holds a code that is no use any more and asks for a new one. */
  'invitation.asked': About;
};
