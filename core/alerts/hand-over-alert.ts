import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import { AlertId, PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import type { Alert } from './alert.ts';
import { aboutAlert } from './open-alert.ts';

/**
 * "Predau": offers the alert to a colleague who decides; until they agree the owner stays. Who does not answer may be asleep: offered to
 * another, the first one is told that no answer is needed any more.
 */
export const handOverAlert = defineUseCase({
  name: 'hand-over-alert',
  input: z.object({ alertId: AlertId, to: PersonId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, to }, { store, actor }) {
    const alert = await store.alerts.must(alertId);
    const colleague = await store.people.get(to);
    const mayDecide =
      colleague?.status === 'active' && (colleague.role === 'coordinator' || colleague.role === 'supervisor');
    if (alert.state === 'closed' || !mayDecide || to === actor.id) throw new Refusal(phrase('refusals:gone'));
    const offered = await store.alerts.save({
      ...alert,
      handOverTo: to,
      toldIds: [...new Set([...alert.toldIds, to])],
    });
    return {
      events: [
        ...withdrawn(alert, to),
        { type: 'alert.hand-over-offered', ...aboutAlert(alert), alertId, from: actor.id as PersonId, to },
      ],
      result: offered,
    };
  },
});

/** An offer that waits for its answer is over: its person hears so, and who is asked instead. */
export const withdrawn = (alert: Alert, to?: PersonId): DomainEvent[] =>
  alert.handOverTo && alert.handOverTo !== to
    ? [
        {
          type: 'alert.hand-over-withdrawn',
          ...aboutAlert(alert),
          alertId: alert.id,
          from: alert.handOverTo,
          ...(to ? { to } : {}),
        },
      ]
    : [];
