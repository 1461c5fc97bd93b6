import type { PersonId } from '../id.ts';
import type { Deps } from '../world.ts';
import { lanes } from './outbox.ts';

/** Lets the messages that a digest stands for go after all, one by one; gives how many. Only to the person whose they are. */
export async function unfold(digestId: string, personId: PersonId, { store, now }: Deps): Promise<number> {
  let count = 0;
  for (const row of await store.outbox.foldedIn(digestId)) {
    if (row.personId !== personId || row.outcome !== 'folded') continue;
    const lane = lanes.indexOf('waiting');
    const fields = { state: 'pending' as const, isWhole: true, dueAt: now, wantedAt: now, outcome: 'asked for', lane };
    if (await store.outbox.change(row.id, { state: 'refused', outcome: 'folded' }, fields)) count += 1;
  }
  return count;
}
