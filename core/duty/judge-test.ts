import { z } from 'zod';
import { DutyId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { silentOf } from './test-ring.ts';

/** In the evening of the test: who did not answer is red in the roster, and those who keep it are told. */
export const judgeTest = defineUseCase({
  name: 'judge-test',
  input: z.object({ ringId: DutyId }),
  subject: () => ({ id: 'office' }),

  async run({ ringId }, { store }) {
    const ring = await store.testRings.must(ringId);
    if (ring.isJudged) return unchanged(ring);
    const judged = await store.testRings.save({ ...ring, isJudged: true });
    const over = { type: 'test-ring.judged' as const, about: { kind: 'duty', id: ringId as string } };
    return { events: [{ ...over, ringId, silent: silentOf(judged) }], result: judged };
  },
});
