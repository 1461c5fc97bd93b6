import { z } from 'zod';
import { AlertId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { withdrawn } from './hand-over-alert.ts';
import { aboutAlert } from './open-alert.ts';

/** The owner closes the alert with its outcome; everybody who was told hears that it is over. [GUIDE] */
export const closeAlert = defineUseCase({
  name: 'close-alert',
  input: z.object({ alertId: AlertId, outcome: z.string().max(4000) }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, outcome }, { store, actor, now }) {
    const open = await store.alerts.must(alertId);
    const { nextStepAt: _n, handOverTo: _h, ...alert } = open;
    if (alert.state === 'closed') return unchanged(alert);
    if (!outcome.trim()) throw new Refusal(phrase('notes:empty'));
    const by = actor.id as PersonId;
    const closed = await store.alerts.save({
      ...alert,
      state: 'closed',
      steps: [...alert.steps, { by, at: now, words: outcome }],
      closedAt: now,
    });
    return {
      events: [{ type: 'alert.closed', ...aboutAlert(alert), alertId, by, told: alert.toldIds }, ...withdrawn(open)],
      result: closed,
    };
  },
});
