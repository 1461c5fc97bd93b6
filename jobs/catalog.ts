import { z } from 'zod';

/** Every job by its queue and what it carries: one id, nothing personal ever lies in Redis. */
export const catalog = {
  /** A lane of the mailbox has something. */
  'mailbox-telegram': z.object({ id: z.string() }),
  'mailbox-slack': z.object({ id: z.string() }),
  /** A row of the outbox may leave. */
  outbox: z.object({ id: z.string() }),
  /** Something may be due. */
  timers: z.object({ id: z.string() }),
};
export type JobName = keyof typeof catalog;
