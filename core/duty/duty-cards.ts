import type { Card } from '../cards.ts';
import { phrase, when } from '../phrase.ts';

/** A duty just set; not needed any more when it was taken off the roster before it went out. */
export const dutyCards = {
  'duty-set': async (id, { store, viewer }) => {
    const slot = await store.duty.get(id);
    if (slot?.personId !== viewer.id) return undefined;
    return {
      lines: [phrase('duty:notice.set', { when: when(slot.from), end: when(slot.to) })],
      buttons: [[{ label: phrase('general:button.details'), action: 'duty.show', opensForm: true }]],
    };
  },
} satisfies Record<string, Card>;
