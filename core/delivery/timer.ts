import { z } from 'zod';

/** Each kind of timer calls one use case as the system (`jobs/timers.ts`). */
export const timerKinds = [
  'remind-appointment-day-before',
  'remind-appointment-shortly',
  'ask-how-it-went',
  'forget-return-address',
  'remind-note-due',
  'remind-note-returned',
  'remind-message',
  'raise-abandoned-alert',
  'call-alarm',
  'fetch-file',
  'expire-invitation',
  'warn-duty-gap',
  'ring-test',
  'judge-test',
  'probe',
  'erase-person',
  'remind-break-glass',
  'end-break-glass',
] as const;
export type TimerKind = (typeof timerKinds)[number];

/** A deadline as a document. Its key is its id, so that setting it again moves it. */
export const Timer = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.enum(timerKinds),
  subject: z.string(),
  dueAt: z.date(),
  state: z.enum(['waiting', 'done', 'cancelled', 'parked']),
  attempts: z.number().int(),
  setAt: z.date(),
});
export type Timer = z.infer<typeof Timer>;
