import { type Destination, newRow } from '#core/delivery/carry-out.ts';
import type { Step } from '#core/execute.ts';
import type { Message } from '#core/message.ts';
import type { Turn } from './turn.ts';

/** After so long without a further message it is said, and at the latest so long after the first of them. */
const quietMs = 4000;
const longestMs = 15_000;

/** One answer for many messages: the one that still waits is given up for the newer one, which counts them all. */
export async function sayTogether(
  message: Message,
  { conversation }: Turn,
  to: Destination,
  { tray, deps }: Step,
): Promise<void> {
  const waiting = conversation.together;
  const isGivenUp =
    waiting &&
    (await deps.store.outbox.change(
      waiting.rowId,
      { state: 'pending', attempts: 0 },
      { state: 'refused', outcome: 'folded' },
    ));
  const since = isGivenUp ? waiting.since : deps.now;
  const at = Math.min(deps.now.getTime() + quietMs, since.getTime() + longestMs);
  const row = newRow(deps, to, 'waiting', { message }, new Date(at));
  tray.rows.push(row);
  conversation.together = { rowId: row.id, since };
}
