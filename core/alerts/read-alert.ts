import { z } from 'zod';
import { AlertId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutAlert } from './open-alert.ts';

/** "Citesc": opens the story of an alert; each reading leaves a line. */
export const readAlert = defineUseCase({
  name: 'read-alert',
  input: z.object({ alertId: AlertId }),
  subject: ({ alertId }, { store }) => store.alerts.get(alertId),

  async run({ alertId }, { store }) {
    const alert = await store.alerts.must(alertId);
    return { events: [{ type: 'alert.read', ...aboutAlert(alert), alertId }], result: alert };
  },
});
