import { z } from 'zod';

/** Every job by its name and what it carries: ids only, nothing personal ever lies in Redis. */
export const catalog = {
  /** A lane of the mailbox has something. */
  mailbox: z.object({ id: z.string() }),
  /** A row of the outbox may leave. */
  outbox: z.object({ id: z.string() }),
  /** Something may be due. */
  timers: z.object({ id: z.string() }),
};
