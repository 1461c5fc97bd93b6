import { z } from 'zod';
import { AlertId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addMinutes } from '../time.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAlert } from './open-alert.ts';

/** "Am decis", "Lucrez la asta": the owner notes the next step; the question "what is next" comes again later, as an alert never rests. [GUIDE] */
export const noteStep = defineUseCase({
  name: 'note-step',
  input: z.object({ alertId: AlertId, words: z.string().max(4000) }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, words }, { store, actor, now, settings }) {
    const alert = await store.alerts.must(alertId);
    if (alert.state === 'closed') throw new Refusal(phrase('alerts:alreadyClosed', { number: alert.number }));
    const by = actor.id as PersonId;
    const noted = await store.alerts.save({
      ...alert,
      state: 'taken',
      steps: [...alert.steps, { by, at: now, words }],
      nextStepAt: addMinutes(now, settings.escalation.notedMinutes[alert.level]),
    });
    return { events: [{ type: 'alert.step-noted', ...aboutAlert(alert), alertId, by }], result: noted };
  },
});
