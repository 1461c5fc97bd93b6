import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';

/** What had to be done before a release has been done: from now on the hold may be released. `counts`: how much of what was changed. */
export const prepareRelease = defineUseCase({
  name: 'prepare-release',
  input: z.object({ counts: z.record(z.string(), z.number()) }),
  subject: () => ({ id: 'office' }),

  async run({ counts }, { store }) {
    const { hold, ...office } = await store.office.get();
    if (!hold || hold.isPrepared) return unchanged(undefined);
    await store.office.put({ ...office, hold: { ...hold, isPrepared: true } });
    return {
      events: [{ type: 'office.prepared', about: { kind: 'office', id: 'office' }, counts }],
      result: undefined,
    };
  },
});
