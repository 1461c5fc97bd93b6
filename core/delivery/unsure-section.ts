import type { CardView } from '../cards.ts';
import type { PersonId } from '../id.ts';
import type { Section, SectionItem } from '../message.ts';
import { contactsOf } from '../people/contact.ts';
import { phrase, when } from '../phrase.ts';
import { addMinutes } from '../time.ts';
import type { OutboxRow } from './outbox.ts';

const shown = 10;

/** Messages that possibly never arrived: one's own, and those of people whom one answers for. For whom and since when, no content (`delivery.md` 4). */
export async function unsureSection(view: CardView): Promise<Section | undefined> {
  const since = addMinutes(view.now, -view.settings.delivery.unsureDays * 24 * 60);
  const rows = await view.store.outbox.unsureSince(since);
  const items: SectionItem[] = [];
  for (const row of rows) items.push(...(await itemOf(row, view)));
  if (items.length === 0) return undefined;
  return { title: phrase('digest:section.unsure'), count: items.length, items: items.slice(0, shown) };
}

async function itemOf({ personId, createdAt }: OutboxRow, view: CardView): Promise<SectionItem[]> {
  if (!personId) return [];
  const at = when(createdAt);
  if (personId === view.viewer.id) return [{ lines: [phrase('digest:row.mine', { when: at })], buttons: [] }];
  if (!(await contactsOf(personId, view)).includes(view.viewer.id)) return [];
  return [{ lines: [phrase('digest:row.of', { who: await nameOf(personId, view), when: at })], buttons: [] }];
}

/** The number of the case; somebody on staff has none and is named. */
async function nameOf(personId: PersonId, { store }: CardView): Promise<string> {
  return (await store.cases.ofPerson(personId))?.number ?? (await store.people.must(personId)).name;
}
