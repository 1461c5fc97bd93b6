import { abilityOf, may } from '../ability.ts';
import type { Card, CardView } from '../cards.ts';
import type { Button, Message, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { phrase, time, when } from '../phrase.ts';
import type { BrokenGlass } from './broken-glass.ts';

/** The card of an urgent access for whoever reviews it: who, which case, until when. The reason stands behind "Citesc". */
export const glassCards = {
  'break-glass': async (id, view) => {
    const glass = await view.store.brokenGlass.get(id);
    if (!glass || !may(abilityOf(await askerFor(view.viewer, view)), 'list-break-glass', glass)) return undefined;
    return draw(glass, view);
  },
} satisfies Record<string, Card>;

async function draw(glass: BrokenGlass, view: CardView): Promise<Message> {
  const name = (await view.store.people.get(glass.askedBy))?.name ?? '—';
  const caseRef = (await view.store.cases.get(glass.caseId))?.number ?? '—';
  const reviewer = glass.reviewedBy && (await view.store.people.get(glass.reviewedBy));
  const decided =
    reviewer && glass.reviewedAt
      ? [phrase('glass:decided', { name: reviewer.name, when: when(glass.reviewedAt) })]
      : [];
  return {
    state: { tone: tones[glass.state], word: phrase(`glass:word.${glass.state}`) },
    lines: [phrase('glass:notice.broken', { name, caseRef, time: time(glass.until) }), ...decided],
    ...(view.isNewest ? { buttons: [glassButtons(glass)] } : {}),
  };
}

const tones: Record<BrokenGlass['state'], Tone> = { waiting: 'amber', justified: 'green', toDiscuss: 'blue' };

/** Read, and as long as nobody said it: it had to be, or it is to be talked about. */
export function glassButtons({ id, version, state }: BrokenGlass): Button[] {
  const about = { subject: id as string, version };
  const read: Button = { label: phrase('general:button.read'), action: 'glass.read', ...about, opensForm: true };
  if (state !== 'waiting') return [read];
  return [
    read,
    { label: phrase('glass:button.justified'), action: 'glass.justified', ...about, style: 'primary' },
    { label: phrase('glass:button.toDiscuss'), action: 'glass.discuss', ...about },
  ];
}
