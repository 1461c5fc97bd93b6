import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { PersonId } from '../id.ts';
import type { Button, Section, SectionItem, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { type Phrase, phrase } from '../phrase.ts';
import { type Alert, levels } from './alert.ts';
import { hourOrDay } from './alert-cards.ts';

/** Open alerts: the first heading of everybody on staff who may see any. */
export async function alertSection(view: CardView): Promise<Section | undefined> {
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-alerts');
  const alerts = (await view.store.alerts.open(filter)).toSorted(byNeed(view));
  const items: SectionItem[] = [];
  for (const alert of alerts.slice(0, 10)) items.push(await item(alert, view));
  return {
    title: phrase('home:section.alerts'),
    count: alerts.length,
    empty: phrase('home:section.noAlerts'),
    items,
  };
}

/** First what waits for an answer of this person, then by danger, then the oldest. */
const byNeed =
  ({ viewer }: CardView) =>
  (one: Alert, other: Alert): number =>
    Number(waitsFor(viewer.id, other)) - Number(waitsFor(viewer.id, one)) ||
    levels.indexOf(one.level) - levels.indexOf(other.level) ||
    one.raisedAt.getTime() - other.raisedAt.getTime();

const waitsFor = (viewerId: PersonId, { state, ownerId, handOverTo }: Alert): boolean =>
  state === 'open' || handOverTo === viewerId || (state === 'asked' && ownerId === viewerId);

async function item(alert: Alert, view: CardView): Promise<SectionItem> {
  return {
    lines: [
      phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number }),
      phrase('general:plain', { text: await standing(alert, view) }),
    ],
    tone: tones[alert.state],
    buttons: buttonsFor(alert, view),
  };
}

const tones: Record<Alert['state'], Tone> = { open: 'red', taken: 'blue', asked: 'amber', closed: 'green' };

/** State word, who has it, since when. */
async function standing(alert: Alert, view: CardView): Promise<Phrase> {
  const since = { state: phrase(`alerts:word.${alert.state}`), time: hourOrDay(alert.raisedAt, view) };
  const owner = alert.ownerId && (await view.store.people.get(alert.ownerId));
  return owner ? phrase('home:section.sinceWith', { ...since, name: owner.name }) : phrase('home:section.since', since);
}

/** Taking while nobody has it, answering for whom it is offered to, deciding for whom it is with, and "I am on it" when that is asked; the card for everybody. */
function buttonsFor(alert: Alert, { viewer }: CardView): Button[] {
  const about = { subject: alert.id, version: alert.version };
  const details: Button = { label: phrase('general:button.details'), action: 'alert.show', ...about, opensForm: true };
  if (!alert.ownerId && viewer.role !== 'technician')
    return [{ label: phrase('coordinator:button.take'), action: 'alert.take', ...about, style: 'primary' }, details];
  if (alert.handOverTo === viewer.id)
    return [
      { label: phrase('coordinator:button.take'), action: 'alert.agree', ...about, style: 'primary' },
      { label: phrase('escalation:button.cannotNow'), action: 'alert.decline', ...about },
      details,
    ];
  if (alert.ownerId !== viewer.id) return [details];
  const decided: Button = {
    label: phrase('coordinator:button.decided'),
    action: 'alert.decide',
    ...about,
    opensForm: true,
  };
  if (alert.state !== 'asked') return [decided, details];
  return [
    { label: phrase('escalation:button.working'), action: 'alert.working', ...about, style: 'primary' },
    decided,
    details,
  ];
}
