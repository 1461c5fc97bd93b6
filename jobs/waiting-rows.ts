import { lanes, type OutboxHead } from '#core/delivery/outbox.ts';

/**
 * Rows that are due and have not been tried yet, lane by lane, in the order in which they came. Losing them costs time only: the sweep finds
 * them again.
 */
export function waitingRows() {
  const byLane = lanes.map(() => new Map<string, OutboxHead>());
  return {
    add(heads: OutboxHead[]): void {
      for (const head of heads) if (!byLane[head.lane]?.has(head.id)) byLane[head.lane]?.set(head.id, head);
    },
    /** Takes out the next row whose lane has room and whose chat is free. */
    next(isRoomFor: (lane: number) => boolean, isFree: (head: OutboxHead) => boolean): OutboxHead | undefined {
      for (const [lane, heads] of byLane.entries()) {
        if (heads.size === 0 || !isRoomFor(lane)) continue;
        const head = firstFree(heads, isFree);
        if (head) heads.delete(head.id);
        if (head) return head;
      }
      return undefined;
    },
    size: (): number => byLane.reduce((sum, heads) => sum + heads.size, 0),
    clear(): void {
      for (const heads of byLane) heads.clear();
    },
  };
}

function firstFree(heads: Map<string, OutboxHead>, isFree: (head: OutboxHead) => boolean): OutboxHead | undefined {
  for (const head of heads.values()) if (isFree(head)) return head;
  return undefined;
}
