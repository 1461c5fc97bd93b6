import type { Card } from '../cards.ts';
import { phrase, when } from '../phrase.ts';

/** A duty just set, and the weekly test of the line; not needed any more when it was taken off the roster before it went out. */
export const dutyCards = {
  'duty-set': async (id, { store, viewer }) => {
    const slot = await store.duty.get(id);
    if (slot?.personId !== viewer.id) return undefined;
    return {
      lines: [phrase('duty:notice.set', { when: when(slot.from), end: when(slot.to) })],
      buttons: [[{ label: phrase('general:button.details'), action: 'duty.show', opensForm: true }]],
    };
  },
  'duty-test': async (id, { store, viewer }) => {
    const ring = await store.testRings.get(id);
    if (!ring?.askedIds.includes(viewer.id) || ring.heardIds.includes(viewer.id)) return undefined;
    return {
      lines: [phrase('duty:notice.test')],
      buttons: [[{ label: phrase('duty:button.heard'), action: 'duty.heard', subject: ring.id, style: 'primary' }]],
    };
  },
} satisfies Record<string, Card>;
