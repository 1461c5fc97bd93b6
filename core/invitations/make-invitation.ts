import type { DomainEvent } from '../events.ts';
import type { InvitationId, PersonId } from '../id.ts';
import { contactOf } from '../people/contact.ts';
import type { Person } from '../people/person.ts';
import { addDays, addMinutes } from '../time.ts';
import type { Actor } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { codeFrom } from './code.ts';
import { aboutInvitation, type Invitation } from './invitation.ts';

/** A fresh invitation and its code: the only moment at which the code is known. */
export type Invited = { invitation: Invitation; code: string };

/** Makes an invitation for a person on file; earlier ones that nobody used are void from now on. */
export async function makeInvitation(
  person: Person,
  purpose: Invitation['purpose'],
  deps: Deps & { actor: Actor },
): Promise<Invited & { events: DomainEvent[] }> {
  const { store, now, newId, actor, settings } = deps;
  const earlier =
    purpose === 'access' ? await store.invitations.unusedOf(person.id) : await store.invitations.otherChatOf(person.id);
  const events = await revoke(earlier, deps);
  const code = codeFrom(newId<InvitationId>());
  const coordinatorId = await contactOf(person, deps);
  const invitation: Invitation = {
    id: newId<InvitationId>(),
    version: 0,
    purpose,
    personId: person.id,
    role: person.role,
    ...(coordinatorId ? { coordinatorId } : {}),
    ...(actor.id ? { madeBy: actor.id as PersonId } : {}),
    codeDigest: store.invitations.digestOf(code),
    needsYear: purpose === 'access' && person.birthYear !== undefined,
    checksLeft: settings.invitations.checksAllowed,
    state: 'open',
    madeAt: now,
    validUntil:
      purpose === 'access'
        ? addDays(now, settings.invitations.validDays)
        : addMinutes(now, settings.invitations.otherChatMinutes),
  };
  await store.invitations.insert(invitation);
  events.push({
    type: 'invitation.made',
    ...aboutInvitation(invitation),
    validUntil: invitation.validUntil.toISOString(),
  });
  return { invitation, code, events };
}

/** Makes invitations void. */
export async function revoke(invitations: Invitation[], { store }: Pick<Deps, 'store'>): Promise<DomainEvent[]> {
  for (const invitation of invitations) await store.invitations.save({ ...invitation, state: 'revoked' });
  return invitations.map((invitation) => ({ type: 'invitation.revoked', ...aboutInvitation(invitation) }));
}
