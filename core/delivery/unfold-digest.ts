import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';
import { lanes } from './outbox.ts';

/** "Show all": lets the messages that a digest stands for go after all, one by one; gives how many. Only to the person whose they are. */
export const unfoldDigest = defineUseCase({
  name: 'unfold-digest',
  input: z.object({ digestId: z.string() }),
  subject: (_input, { actor }) => ({ id: actor.id, role: actor.roles[0] ?? 'stranger' }),

  async run({ digestId }, { store, actor, now }) {
    let count = 0;
    for (const row of await store.outbox.foldedIn(digestId)) {
      if (row.personId !== actor.id || row.outcome !== 'folded') continue;
      const lane = lanes.indexOf('waiting');
      const times = row.isOfDay ? { dueAt: row.createdAt, wantedAt: row.createdAt } : { dueAt: now, wantedAt: now };
      const fields = { state: 'pending' as const, isWhole: true, outcome: 'asked for', lane, ...times };
      if (await store.outbox.change(row.id, { state: 'refused', outcome: 'folded' }, fields)) count += 1;
    }
    if (count === 0) return unchanged(count);
    return {
      events: [{ type: 'digest.unfolded', about: { kind: 'person', id: actor.id as string }, digestId, count }],
      result: count,
    };
  },
});
