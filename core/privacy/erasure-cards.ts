import { abilityOf, may } from '../ability.ts';
import type { Card, CardView } from '../cards.ts';
import type { Button, Message, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase, words } from '../phrase.ts';
import type { Looks } from '../world.ts';
import type { Erasure } from './erasure.ts';

/** The card for who may approve. The reason stands in it: without it nobody can decide; the first line says the number only. */
export const erasureCards = {
  erasure: async (id, view) => {
    const erasure = await view.store.erasures.get(id);
    if (!erasure || !may(abilityOf(await askerFor(view.viewer, view)), 'answer-erasure', erasure)) return undefined;
    return draw(erasure, view);
  },
} satisfies Record<string, Card>;

async function draw(erasure: Erasure, view: CardView): Promise<Message> {
  const asker = await view.store.people.get(erasure.askedBy);
  return {
    state: { tone: tones[erasure.state], word: phrase(`privacy:erase.state.${erasure.state}`) },
    lines: [phrase('privacy:erase.card', { caseRef: await erasureRef(erasure, view) })],
    facts: [
      { label: phrase('alerts:label.from'), value: phrase('general:plain', { text: words(asker?.name ?? '—') }) },
      { label: phrase('privacy:erase.askedOn'), value: phrase('general:plain', { text: day(erasure.askedAt) }) },
      { label: phrase('privacy:erase.reason'), value: phrase('general:plain', { text: words(erasure.reason) }) },
    ],
    ...(view.isNewest && erasure.state === 'asked' ? { buttons: [erasureButtons(erasure)] } : {}),
    isProtected: true,
  };
}

const tones: Record<Erasure['state'], Tone> = { asked: 'amber', declined: 'grey', approved: 'red', done: 'grey' };

/** Yes and no; a yes asks once more. */
export const erasureButtons = ({ id, version }: Erasure): Button[] => [
  {
    label: phrase('privacy:button.eraseApprove'),
    action: 'erasure.approve',
    subject: id,
    version,
    style: 'danger',
  },
  { label: phrase('privacy:button.eraseDecline'), action: 'erasure.decline', subject: id, version },
];

/** How it may be named: the number of the case, else a dash: never a name. */
export async function erasureRef({ caseId }: Erasure, { store }: Pick<Looks, 'store'>): Promise<string> {
  return (caseId && (await store.cases.get(caseId))?.number) || '—';
}
