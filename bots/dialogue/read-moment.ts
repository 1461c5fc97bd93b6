import { fromLocal } from '#core/time.ts';

/** Instants a text may mean, the likeliest first; empty when no day and hour can be read from it. */
export function instantsIn(_text: string, _now: Date, _language: string): Date[] {
  return [];
}

/** `2026-11-26T10:00` on the office's clock. */
export const localInstant = (local: string): Date => fromLocal(Temporal.PlainDateTime.from(local));
