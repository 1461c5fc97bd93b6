import { z } from 'zod';
import { settleRestored } from '../delivery/restored.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { releasesNeeded } from './hold.ts';

/** What became of a signature. `not yet`: the hold still waits for its own work, for example the replay of erasures. */
export type Signed = { is: 'no hold' | 'not yet' | 'released' } | { is: 'signed' | 'signed before'; missing: number };

/**
 * One signature under the release of a hold. With the second, of somebody else, the system goes on: rows that were on their way are settled by
 * their rules, open alerts climb by their own times.
 */
export const releaseHold = defineUseCase({
  name: 'release-hold',
  input: z.object({}),
  subject: () => ({ id: 'office' }),

  async run(_input, deps) {
    const { store, actor } = deps;
    const office = await store.office.get();
    const { hold, holdReason: _, ...released } = office;
    if (!hold || !actor.id) return unchanged<Signed>({ is: 'no hold' });
    if (!hold.isPrepared) return unchanged<Signed>({ is: 'not yet' });
    const missing = releasesNeeded - hold.releasedBy.length;
    if (hold.releasedBy.includes(actor.id)) return unchanged<Signed>({ is: 'signed before', missing });
    const releasedBy = [...hold.releasedBy, actor.id];
    const about = { kind: 'office', id: 'office' };
    const signed = { type: 'office.holdSigned' as const, about };
    if (releasedBy.length < releasesNeeded) {
      await store.office.put({ ...office, hold: { ...hold, releasedBy } });
      return { events: [signed], result: { is: 'signed', missing: missing - 1 } as Signed };
    }
    await store.office.put(released);
    const counts = await settleRestored(deps);
    const lost = hold.lostSince ? { lostSince: hold.lostSince.toISOString() } : {};
    return {
      events: [signed, { type: 'office.released', about, why: hold.why, counts, ...lost }],
      result: { is: 'released' } as Signed,
    };
  },
});
