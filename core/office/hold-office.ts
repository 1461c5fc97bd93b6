import { defineUseCase, unchanged } from '../use-case.ts';
import { Hold } from './hold.ts';

/** Puts the office into hold; one that is in hold already stays as it is. Only a restore begins it anew: what was signed before counts no more. */
export const holdOffice = defineUseCase({
  name: 'hold-office',
  input: Hold.pick({ why: true, reason: true, lostSince: true, isPrepared: true }),
  subject: () => ({ id: 'office' }),

  async run({ why, reason, lostSince, isPrepared }, { store, now }) {
    const office = await store.office.get();
    if (office.hold && why !== 'restored') return unchanged(office.hold);
    const hold: Hold = {
      since: now,
      why,
      ...(reason ? { reason } : {}),
      ...(lostSince ? { lostSince } : {}),
      isPrepared,
      releasedBy: [],
    };
    await store.office.put({ ...office, hold });
    return { events: [{ type: 'office.held', about: { kind: 'office', id: 'office' }, why }], result: hold };
  },
});
