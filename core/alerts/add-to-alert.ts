import { z } from 'zod';
import { AlertId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { addTo } from './open-alert.ts';
import { Observed } from './raise-alert.ts';

/** Adds something seen later to an alert that is not closed. */
export const addToAlert = defineUseCase({
  name: 'add-to-alert',
  input: z.object({ alertId: AlertId, observed: Observed }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, observed }, deps) {
    const alert = await deps.store.alerts.must(alertId);
    if (alert.state === 'closed') throw new Refusal(phrase('alerts:alreadyClosed', { number: alert.number }));
    return addTo(alert, observed, deps);
  },
});
