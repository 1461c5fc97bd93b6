import type { CardView } from '../cards.ts';
import type { Section, Tone } from '../message.ts';
import { phrase } from '../phrase.ts';
import { missingItems, type SetUpItem } from './set-up-state.ts';

/** What is missing before alerts surely reach somebody, on the administrator's home. */
export async function setUpSection(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'admin') return undefined;
  const missing = await missingItems(view);
  if (missing.length === 0) return undefined;
  return {
    title: phrase('home:section.setup'),
    count: missing.length,
    items: missing.map((item) => ({
      lines: [phrase(`setup:missingItem.${item}`)],
      tone: tones[item] ?? 'amber',
      buttons: [],
    })),
    open: { label: phrase('home:button.setup'), action: 'setup.show' },
  };
}

/** Without these an alert that nobody takes reaches nobody outside the chats. */
const tones: Partial<Record<SetUpItem, Tone>> = { lastResort: 'red', phoneAlarm: 'red' };
