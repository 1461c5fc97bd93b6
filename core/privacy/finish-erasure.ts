import { z } from 'zod';
import { ErasureId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { aboutErasure } from './erasure.ts';

/** Notes that the keys are destroyed, and lets go of the person's last rows. Done by the system, outside anybody's talk. */
export const finishErasure = defineUseCase({
  name: 'finish-erasure',
  input: z.object({ erasureId: ErasureId }),
  subject: ({ erasureId }, { store }) => store.erasures.get(erasureId),

  async run({ erasureId }, { store, now }) {
    const erasure = await store.erasures.must(erasureId);
    if (erasure.state !== 'approved') return unchanged(erasure);
    await store.outbox.remove({ personId: erasure.personId });
    const done = await store.erasures.save({ ...erasure, state: 'done', doneAt: now });
    return { events: [{ type: 'erasure.done', ...aboutErasure(done) }], result: done };
  },
});
