import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase } from '../phrase.ts';
import type { BrokenGlass } from './broken-glass.ts';
import { glassButtons } from './glass-cards.ts';

/** Urgent accesses that nobody has reviewed yet, for those who can. */
export async function glassSection(view: CardView): Promise<Section | undefined> {
  const { role } = view.viewer;
  if (role !== 'supervisor' && role !== 'admin') return undefined;
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-break-glass');
  const waiting = await view.store.brokenGlass.waiting(filter);
  if (waiting.length === 0) return undefined;
  const items: SectionItem[] = [];
  for (const glass of waiting.slice(0, 10)) items.push(await item(glass, view));
  return { title: phrase('glass:section'), count: waiting.length, items };
}

async function item(glass: BrokenGlass, { store }: CardView): Promise<SectionItem> {
  const name = (await store.people.get(glass.askedBy))?.name ?? '—';
  const caseRef = (await store.cases.get(glass.caseId))?.number ?? '—';
  return {
    lines: [phrase('glass:listRow', { name, caseRef, day: day(glass.openedAt) })],
    tone: 'amber',
    buttons: glassButtons(glass),
  };
}
