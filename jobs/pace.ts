import { isUrgent, type OutboxHead } from '#core/delivery/outbox.ts';

/** How fast a bot's rows leave (`delivery.md` 4). */
export type Pace = {
  /** Messages per second of the whole bot. */
  perSecond: number;
  /** How many calls are under way at once. */
  atOnce: number;
  /** Of these, how many are kept for danger, abuse and urgent. */
  kept: number;
  /** New messages per second to one chat, and per minute to a group (Telegram); not given: as many as there are. */
  chatPerSecond?: number;
  groupPerMinute?: number;
};

/** This share of every pace is left for danger, abuse and urgent. */
const keptShare = 0.2;
const minuteMs = 60_000;

/** What a bot and each of its chats may still take, as tokens that fill up again with time; `mono`: milliseconds. Kept in the process: losing it costs one message. */
export function paceOf({ perSecond, chatPerSecond, groupPerMinute }: Pace, mono: () => number) {
  let tokens = perSecond;
  let filledAt = mono();
  const sentAt = new Map<string, number[]>();

  const shareOf = (lane: number): number => (isUrgent({ lane }) ? 1 : 1 - keptShare);
  const isRested = (times: number[], lane: number): boolean =>
    chatPerSecond === undefined || mono() - (times.at(-1) ?? 0) >= 1000 / (chatPerSecond * shareOf(lane));
  const hasRoom = (address: string, times: number[], lane: number): boolean =>
    groupPerMinute === undefined ||
    !isGroup(address) ||
    times.filter((at) => at > mono() - minuteMs).length < Math.floor(groupPerMinute * shareOf(lane));
  const forget = (): void => {
    const before = mono() - minuteMs;
    for (const [address, times] of sentAt) if ((times.at(-1) ?? 0) <= before) sentAt.delete(address);
  };

  return {
    refill(): void {
      const now = mono();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
    },
    take({ method, address }: OutboxHead): void {
      tokens -= 1;
      if (method !== 'send' || chatPerSecond === undefined) return;
      if (sentAt.size > 5000) forget();
      const recent = (sentAt.get(address) ?? []).filter((at) => at > mono() - minuteMs);
      sentAt.set(address, [...recent, mono()].slice(-(groupPerMinute ?? 1)));
    },
    isEnoughFor: (lane: number): boolean => tokens >= (isUrgent({ lane }) ? 1 : 1 + perSecond * keptShare),
    /** An edit buzzes nobody and does not count; a new message waits until its chat has rested. */
    isChatReady({ method, address, lane }: OutboxHead): boolean {
      const times = sentAt.get(address);
      return method !== 'send' || !times || (isRested(times, lane) && hasRoom(address, times, lane));
    },
  };
}

/** Telegram's groups have negative ids. */
const isGroup = (address: string): boolean => address.startsWith('-');
