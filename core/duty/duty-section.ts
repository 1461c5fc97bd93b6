import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { list, phrase, when } from '../phrase.ts';
import type { Looks } from '../world.ts';
import { comingDays, firstGap } from './duty.ts';
import { silentNow } from './test-ring.ts';

/** Who is on duty now, and the first hours of the coming week without anybody. */
export async function dutySection(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'admin' && view.viewer.role !== 'supervisor') return undefined;
  const gap = firstGap(await view.store.duty.after(view.now), comingDays(view));
  const gapItem: SectionItem[] = gap
    ? [
        {
          lines: [phrase('duty:notice.gap', { when: when(gap.from), end: when(gap.to) })],
          tone: 'amber',
          buttons: [add],
        },
      ]
    : [];
  const silent = await silentItems(view);
  return {
    title: phrase('home:section.duty'),
    count: gapItem.length + silent.length,
    items: [...(await nowItems(view)), ...silent, ...gapItem],
    open: { label: phrase('home:button.duty'), action: 'duty.show', opensForm: true },
  };
}

const add = { label: phrase('duty:button.add'), action: 'duty.set' as const, opensForm: true };

/** Who did not answer the last test of the line. */
async function silentItems(view: CardView): Promise<SectionItem[]> {
  const silent = await silentNow(view);
  if (silent.length === 0) return [];
  const names = list(silent.map(({ name }) => name));
  return [{ lines: [phrase('duty:test.silent', { names })], tone: 'red', buttons: [] }];
}

/** Whoever is on duty at this minute, or that nobody is. */
export async function nowItems({ store, now }: Pick<Looks, 'store' | 'now'>): Promise<SectionItem[]> {
  const slots = await store.duty.at(now);
  if (slots.length === 0) return [{ lines: [phrase('duty:nobodyNow')], tone: 'red', buttons: [] }];
  const silent = await silentNow({ store });
  const items: SectionItem[] = [];
  for (const { personId, to } of slots) {
    const { name } = await store.people.must(personId);
    const isSilent = silent.some(({ id }) => id === personId);
    const lines = [phrase('duty:now', { name, end: when(to) }), ...(isSilent ? [phrase('duty:test.noAnswer')] : [])];
    items.push({ lines, tone: isSilent ? 'red' : 'green', buttons: [] });
  }
  return items;
}
