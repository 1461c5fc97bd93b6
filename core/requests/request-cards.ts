import { abilityOf, may } from '../ability.ts';
import type { Card, CardView } from '../cards.ts';
import type { Button, Message, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { type Phrase, phrase } from '../phrase.ts';
import { type PreparedRequest, preparedText, refOfRequest } from './request.ts';

/** The card of a request for whoever decides. What the asker wrote stands behind "Citesc". */
export const requestCards = {
  request: async (id, view) => {
    const request = await view.store.requests.get(id);
    if (!request || !may(abilityOf(await askerFor(view.viewer, view)), 'list-requests', request)) return undefined;
    return draw(request, view);
  },
} satisfies Record<string, Card>;

async function draw(request: PreparedRequest, view: CardView): Promise<Message> {
  const asker = await view.store.people.must(request.askedBy);
  return {
    state: { tone: tones[request.state], word: phrase(`refusals:word.${request.state}`) },
    lines: [await headOf(request, view)],
    facts: [
      {
        label: phrase('alerts:label.from'),
        value: phrase('general:plain', {
          text: asker.role === 'beneficiary' ? phrase('general:role.beneficiary') : asker.name,
        }),
      },
    ],
    ...(view.isNewest ? { buttons: [requestButtons(request)] } : {}),
  };
}

const tones: Record<PreparedRequest['state'], Tone> = { waiting: 'amber', agreed: 'green', declined: 'grey' };

async function headOf(request: PreparedRequest, view: CardView): Promise<Phrase> {
  const { role } = await view.store.people.must(request.askedBy);
  const caseRef = await refOfRequest(request, view);
  const text = preparedText(request.asked, request.caseId && caseRef);
  return role === 'technician'
    ? phrase('coordinator:notice.request', { caseRef, text })
    : phrase('coordinator:notice.requestOf', { caseRef, text });
}

/** Agree, decline; and read, when the asker wrote something. */
export function requestButtons({ id, version, state, words }: PreparedRequest): Button[] {
  const about = { subject: id, version };
  const read: Button[] = words
    ? [{ label: phrase('general:button.read'), action: 'request.read', ...about, opensForm: true }]
    : [];
  if (state !== 'waiting') return read;
  return [
    { label: phrase('coordinator:button.approve'), action: 'request.agree', ...about, style: 'primary' },
    { label: phrase('coordinator:button.decline'), action: 'request.decline', ...about, opensForm: true },
    ...read,
  ];
}
