import { isUrgent } from '#core/delivery/outbox.ts';
import type { Pace } from './dispatch.ts';

/** This share of a second's messages is left for what is urgent. */
const keptShare = 0.2;

/** A bot's messages per second, as tokens that fill up again with time. */
export function tokensOf({ perSecond }: Pace) {
  let tokens = perSecond;
  let filledAt = performance.now();
  return {
    refill(): void {
      const now = performance.now();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
    },
    take(): void {
      tokens -= 1;
    },
    isEnoughFor: (lane: number): boolean => tokens >= (isUrgent({ lane }) ? 1 : 1 + perSecond * keptShare),
  };
}
