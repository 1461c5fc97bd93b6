import { z } from 'zod';
import { AlertId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { release } from './release-alert.ts';

/** A wrong "Preiau" is handed back in one tap; the climb goes on. */
export const handBackAlert = defineUseCase({
  name: 'hand-back-alert',
  input: z.object({ alertId: AlertId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId }, deps) {
    const alert = await deps.store.alerts.must(alertId);
    if (alert.state === 'closed') throw new Refusal(phrase('alerts:alreadyClosed', { number: alert.number }));
    return release(alert, { isHandedBack: true }, deps);
  },
});
