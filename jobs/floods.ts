import type { OutboxHead } from '#core/delivery/outbox.ts';

/**
 * Who has just been told something of a case: the first message goes at once, what follows within minutes waits and becomes one
 * (`delivery.md` 5). Kept in the process that sends: losing it costs one message more.
 */
export function floodsOf() {
  const until = new Map<string, number>();
  return {
    isHeld: ({ fold }: Pick<OutboxHead, 'fold'>): boolean => fold !== undefined && until.has(fold),
    /** When what is held may go. */
    heldUntil({ fold }: Pick<OutboxHead, 'fold'>): Date | undefined {
      const at = fold === undefined ? undefined : until.get(fold);
      return at === undefined ? undefined : new Date(at);
    },
    begin({ fold }: Pick<OutboxHead, 'fold'>, at: Date): void {
      if (fold !== undefined) until.set(fold, at.getTime());
    },
    /** Cases and people whose minutes are over. */
    over: (now: Date): string[] => [...until].filter(([, at]) => at <= now.getTime()).map(([fold]) => fold),
    end: (fold: string): void => void until.delete(fold),
  };
}
