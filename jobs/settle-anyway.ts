import { type OutboxRow, sentTimes } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { isOutage } from '#core/outage.ts';
import type { Delivering } from './deliver.ts';
import { inSeconds } from './in-seconds.ts';
import { patiently } from './patiently.ts';
import { settle, shutSeconds, tryAgainAt } from './settle.ts';

/**
 * Records what came of an attempt, for up to `longestMs` while the database is away. Where what follows from it fails, as with an alert that
 * cannot be read, the outcome alone is recorded: the row must not keep its chat from what waits behind it.
 */
export async function settleAnyway(work: Delivering, row: OutboxRow, sent: Sent, longestMs: number): Promise<void> {
  try {
    await patiently(() => settle(work, row, sent), longestMs);
  } catch (error) {
    if (isOutage(error)) throw error;
    work.onError?.(row.id, error);
    await patiently(() => work.world.store.outbox.settle(row, outcomeAlone(work, row, sent)), longestMs);
  }
}

/** Open fields only: what seals others may be what failed. */
function outcomeAlone({ world, findPosted }: Delivering, row: OutboxRow, sent: Sent): Partial<OutboxRow> {
  const now = world.clock.wall();
  if (sent.is === 'sent')
    return { state: 'sent', ...sentTimes(row, now), ...(sent.messageId ? { messageId: sent.messageId } : {}) };
  if (sent.is === 'not_sent') return { state: 'not_sent', outcome: sent.why, ...tryAgainAt(row, sent, now) };
  if (sent.is === 'unknown') {
    const isLookedFor = findPosted && row.method === 'send' && !row.isMarked;
    return { state: 'unknown', outcome: sent.why, ...(isLookedFor ? { looks: 0, dueAt: inSeconds(now, 2) } : {}) };
  }
  const isForLater = sent.isBotShut || sent.movedTo !== undefined;
  return { state: isForLater ? 'not_sent' : 'refused', outcome: sent.why, dueAt: inSeconds(now, shutSeconds) };
}
