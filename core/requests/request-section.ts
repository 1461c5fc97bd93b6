import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase } from '../phrase.ts';
import { type PreparedRequest, preparedText, refOfRequest } from './request.ts';
import { requestButtons } from './request-cards.ts';

/** Requests that wait for this person's decision. */
export async function requestSection(view: CardView): Promise<Section | undefined> {
  const { role } = view.viewer;
  if (role !== 'coordinator' && role !== 'supervisor' && role !== 'admin') return undefined;
  const requests = await view.store.requests.waiting(
    filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-requests'),
  );
  if (role !== 'coordinator' && requests.length === 0) return undefined;
  const items: SectionItem[] = [];
  for (const request of requests.slice(0, 10)) items.push(await item(request, view));
  return { title: phrase('home:section.requests'), count: requests.length, empty: phrase('refusals:none'), items };
}

async function item(request: PreparedRequest, view: CardView): Promise<SectionItem> {
  const caseRef = await refOfRequest(request, view);
  const { name, role } = await view.store.people.must(request.askedBy);
  const who = role === 'beneficiary' || role === 'guardian' ? phrase(`general:role.${role}`) : name;
  return {
    lines: [
      phrase('refusals:listRow', { name: who, caseRef, day: day(request.askedAt) }),
      preparedText(request.asked, request.caseId && caseRef),
    ],
    tone: 'amber',
    buttons: requestButtons(request),
  };
}
