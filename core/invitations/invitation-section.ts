import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase } from '../phrase.ts';
import type { Looks } from '../world.ts';
import { type Invitation, stateOf } from './invitation.ts';
import { reissue } from './invitation-reactions.ts';

/** Invitations nobody used: people who were never linked. */
export async function invitationSection(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'coordinator' && view.viewer.role !== 'admin') return undefined;
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-invitations');
  const unused = await view.store.invitations.neverUsed(filter);
  if (unused.length === 0) return undefined;
  const items: SectionItem[] = [];
  for (const invitation of unused.slice(0, 5)) items.push(await invitationItem(invitation, view));
  return {
    title: phrase('home:section.invitations'),
    count: unused.length,
    items,
    open: { label: phrase('invitations:wide.waiting'), action: 'people.unlinked' },
  };
}

/** One invitation in a list: for whom, until when, and what can be done. */
export async function invitationItem(
  invitation: Invitation,
  { store, now }: Pick<Looks, 'store' | 'now'>,
): Promise<SectionItem> {
  const { personId, role, validUntil } = invitation;
  const { name } = await store.people.must(personId);
  const isOpen = stateOf(invitation, now) === 'open';
  const row = { name, role: phrase(`general:role.${role}`), day: day(validUntil) };
  return {
    lines: [isOpen ? phrase('invitations:waiting.row', row) : phrase('invitations:waiting.expired', row)],
    tone: isOpen ? 'grey' : 'amber',
    buttons: [
      reissue(personId),
      { label: phrase('invitations:button.revoke'), action: 'people.revoke', subject: personId },
    ],
  };
}
