import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { phrase, when } from '../phrase.ts';
import type { Erasure } from './erasure.ts';
import { erasureButtons, erasureRef } from './erasure-cards.ts';

/** Erasures that wait for the word of a second person, for whoever may give it. */
export async function erasureSection(view: CardView): Promise<Section | undefined> {
  const { role } = view.viewer;
  if (role !== 'coordinator' && role !== 'supervisor' && role !== 'admin') return undefined;
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'answer-erasure');
  const waiting = await view.store.erasures.waiting(filter);
  if (waiting.length === 0) return undefined;
  const items: SectionItem[] = [];
  for (const erasure of waiting) items.push(await item(erasure, view));
  return { title: phrase('privacy:erase.title'), count: waiting.length, items };
}

/** The reason stands in the card; here only which case and since when. */
async function item(erasure: Erasure, view: CardView): Promise<SectionItem> {
  const caseRef = await erasureRef(erasure, view);
  return {
    lines: [phrase('messages:row', { caseRef, when: when(erasure.askedAt) })],
    tone: 'amber',
    buttons: erasureButtons(erasure),
  };
}
