import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';
import { Hold } from './hold.ts';

/** Puts the office into hold; one that is in hold already stays as it is. Only a restore begins it anew: what was signed before counts no more. */
export const holdOffice = defineUseCase({
  name: 'hold-office',
  input: Hold.pick({ why: true, lostSince: true, isPrepared: true }).extend({ reason: z.string().optional() }),
  subject: () => ({ id: 'office' }),

  async run({ why, reason, lostSince, isPrepared }, { store, now }) {
    const { holdReason: _, ...office } = await store.office.get();
    if (office.hold && why !== 'restored') return unchanged(office.hold);
    const hold: Hold = {
      since: now,
      why,
      ...(lostSince ? { lostSince } : {}),
      isPrepared,
      releasedBy: [],
    };
    await store.office.put({ ...office, hold, ...(reason ? { holdReason: reason } : {}) });
    return { events: [{ type: 'office.held', about: { kind: 'office', id: 'office' }, why }], result: hold };
  },
});
