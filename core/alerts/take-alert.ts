import { z } from 'zod';
import { AlertId } from '../id.ts';
import { phrase, time } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addMinutes } from '../time.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAlert } from './open-alert.ts';

/** "Preiau": takes an alert nobody has, whatever the age of the card. One owner; who comes second is told who it is. [GUIDE] */
export const takeAlert = defineUseCase({
  name: 'take-alert',
  input: z.object({ alertId: AlertId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId }, { store, actor, now, settings }) {
    const alert = await store.alerts.must(alertId);
    const me = await store.people.must(actor.id as string);
    if (alert.state === 'closed') throw new Refusal(phrase('alerts:alreadyClosed', { number: alert.number }));
    if (alert.ownerId === me.id) return { events: [], result: alert };
    if (alert.ownerId)
      throw new Refusal(
        phrase('escalation:alreadyTaken', {
          name: (await store.people.must(alert.ownerId)).name,
          time: time(alert.takenAt ?? now),
        }),
      );

    const { handOverTo: _, ...free } = alert;
    const taken = await store.alerts.save({
      ...free,
      state: 'taken',
      ownerId: me.id,
      takenAt: now,
      nextStepAt: addMinutes(now, settings.escalation.forgottenMinutes[alert.level]),
    });
    return {
      events: [{ type: 'alert.taken', ...aboutAlert(alert), alertId, by: me.id, told: alert.toldIds }],
      result: taken,
    };
  },
});
