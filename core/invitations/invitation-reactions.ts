import type { Lane } from '../delivery/outbox.ts';
import type { InvitationId, PersonId } from '../id.ts';
import type { Message } from '../message.ts';
import { contactsOf } from '../people/contact.ts';
import type { Person } from '../people/person.ts';
import { phrase, words } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import type { InvitationEvents } from './invitation-events.ts';

/** Whoever answers for the person hears what became of an invitation; its time-out is a timer. */
export const invitationReactions: Reactions<InvitationEvents> = {
  'invitation.made': async ({ invitationId, personId, validUntil }, deps) => [
    {
      do: 'timer',
      key: timerOf(invitationId),
      kind: 'expire-invitation',
      subject: invitationId,
      at: new Date(validUntil),
    },
    ...(await homes(personId, deps)),
  ],
  'invitation.revoked': async ({ invitationId, personId }, deps) => [
    cancelled(invitationId),
    ...(await homes(personId, deps)),
  ],
  'invitation.used': async ({ invitationId, personId, isOtherChat }, deps) => [
    cancelled(invitationId),
    { do: 'home', of: personId },
    ...(isOtherChat
      ? []
      : await told(
          personId,
          'routine',
          ({ name }) => ({ lines: [phrase('invitations:notice.used', { name })] }),
          deps,
        )),
  ],
  'invitation.expired': async ({ invitationId, personId }, deps) => [
    ...(await contactsOf(personId, deps)).map(
      (to): Reaction => ({ do: 'tell', to, card: 'invitation-expired', subject: invitationId, lane: 'routine' }),
    ),
    ...(await homes(personId, deps)),
  ],
  'invitation.check-failed': () => [],
  'invitation.stopped': ({ personId }, deps) =>
    told(
      personId,
      'waiting',
      ({ name, phone }) => ({
        lines: [phrase('invitations:notice.checkFailed', { name, phone: words(phone ?? '—') })],
        buttons: [[reissue(personId)]],
      }),
      deps,
    ),
  'invitation.asked': ({ personId }, deps) =>
    told(
      personId,
      'waiting',
      ({ name }) => ({ lines: [phrase('invitations:notice.asked', { name })], buttons: [[reissue(personId)]] }),
      deps,
    ),
};

/** The button that makes a new invitation. */
export const reissue = (personId: PersonId) => ({
  label: phrase('invitations:button.reissue'),
  action: 'people.reissue' as const,
  subject: personId,
});

const timerOf = (invitationId: InvitationId) => `invitation-${invitationId}`;
const cancelled = (invitationId: InvitationId): Reaction => ({ do: 'cancel', key: timerOf(invitationId) });

async function told(
  personId: PersonId,
  lane: Lane,
  message: (person: Person) => Message,
  deps: ReactionDeps,
): Promise<Reaction[]> {
  const person = await deps.store.people.must(personId);
  const contacts = await contactsOf(personId, deps);
  return contacts.flatMap((of): Reaction[] => [
    { do: 'tell', to: of, message: message(person), lane },
    { do: 'home', of },
  ]);
}

const homes = async (personId: PersonId, deps: ReactionDeps): Promise<Reaction[]> =>
  (await contactsOf(personId, deps)).map((of) => ({ do: 'home', of }));
