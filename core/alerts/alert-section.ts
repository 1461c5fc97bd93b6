import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { abilityOf, filterFor } from '../permissions.ts';
import { phrase, time } from '../phrase.ts';
import type { Alert } from './alert.ts';

/** Open alerts: the first heading of everybody on staff who may see any. */
export async function alertSection(view: CardView): Promise<Section | undefined> {
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-alerts');
  const alerts = await view.store.alerts.open(filter);
  return {
    title: phrase('home:section.alerts'),
    count: alerts.length,
    empty: phrase('home:section.noAlerts'),
    items: alerts.slice(0, 10).map((alert) => item(alert, view)),
  };
}

function item(alert: Alert, { viewer }: CardView): SectionItem {
  const about = { subject: alert.id, version: alert.version };
  const canTake = !alert.ownerId && viewer.role !== 'technician';
  return {
    lines: [
      phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number }),
      phrase('general:plain', {
        text: phrase('home:section.since', { state: phrase(`alerts:word.${alert.state}`), time: time(alert.raisedAt) }),
      }),
    ],
    tone: alert.state === 'open' ? 'red' : alert.state === 'asked' ? 'amber' : 'blue',
    buttons: [
      ...(canTake
        ? [
            {
              label: phrase('coordinator:button.take'),
              action: 'alert.take' as const,
              ...about,
              style: 'primary' as const,
            },
          ]
        : []),
      { label: phrase('general:button.details'), action: 'alert.show', ...about },
    ],
  };
}
