import type { Deps } from '../world.ts';
import { isUrgent, type OutboxRow } from './outbox.ts';

/** How a row is marked that was on its way when a backup was made: whether it went out nobody knows. */
export const restored = 'restored';

/**
 * Settles such rows by the rules of what is unknown (`delivery.md` 4): what only changes a look is repeated, what is urgent goes once more,
 * marked; a routine one stays unknown and is listed. One that cannot be read holds up no release. Gives how many of each.
 */
export async function settleRestored({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { sound } = await store.outbox.findSound({ state: 'unknown', outcome: restored });
  for (const row of sound) {
    const next = nextOf(row);
    counts[next] = (counts[next] ?? 0) + 1;
    if (next === 'listed') continue;
    const epoch = (row.personId && (await store.people.get(row.personId))?.epoch) || row.epoch;
    await store.outbox.change(row.id, { state: 'unknown', outcome: restored }, { ...changes[next], dueAt: now, epoch });
  }
  return counts;
}

type Next = 'again' | 'drawn' | 'dropped' | 'listed';

const changes: Record<Exclude<Next, 'listed'>, Partial<OutboxRow>> = {
  again: { state: 'not_sent', isMarked: true },
  drawn: { state: 'not_sent' },
  dropped: { state: 'refused' },
};

/** A window of Slack that waited for its content is long closed. */
function nextOf(row: OutboxRow): Next {
  if (row.method === 'modal') return 'dropped';
  if (row.method !== 'send') return 'drawn';
  return isUrgent(row) ? 'again' : 'listed';
}
