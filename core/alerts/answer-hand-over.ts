import { z } from 'zod';
import { AlertId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addMinutes } from '../time.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAlert } from './open-alert.ts';

/** The colleague agrees (and is the owner from now on) or declines (the owner stays and is told). */
export const answerHandOver = defineUseCase({
  name: 'answer-hand-over',
  input: z.object({ alertId: AlertId, agrees: z.boolean() }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId, agrees }, { store, actor, now, settings }) {
    const { handOverTo, ...alert } = await store.alerts.must(alertId);
    if (alert.state === 'closed' || !handOverTo || !alert.ownerId) throw new Refusal(phrase('refusals:gone'));
    const by = actor.id as PersonId;
    if (!agrees) {
      const kept = await store.alerts.save(alert);
      return {
        events: [{ type: 'alert.hand-over-declined', ...aboutAlert(alert), alertId, owner: alert.ownerId, by }],
        result: kept,
      };
    }
    const handed = await store.alerts.save({
      ...alert,
      state: 'taken',
      ownerId: by,
      takenAt: now,
      nextStepAt: addMinutes(now, settings.escalation.forgottenMinutes[alert.level]),
    });
    return {
      events: [{ type: 'alert.handed-over', ...aboutAlert(alert), alertId, from: alert.ownerId, to: by }],
      result: handed,
    };
  },
});
