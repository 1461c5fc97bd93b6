import { z } from 'zod';
import type { DutyId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { type TestRing, whoMustHear } from './test-ring.ts';

/** Once a week, in working hours: whoever must hear an alert gets a message that says it is a test. */
export const ringTest = defineUseCase({
  name: 'ring-test',
  input: z.object({}),
  subject: () => ({ id: 'office' }),

  async run(_input, deps) {
    const { store, now, newId } = deps;
    const askedIds = await whoMustHear(deps);
    const ring: TestRing = { id: newId<DutyId>(), version: 0, rungAt: now, askedIds, heardIds: [], isJudged: false };
    await store.testRings.insert(ring);
    const rung = { type: 'test-ring.rung' as const, about: { kind: 'duty', id: ring.id as string } };
    return { events: [{ ...rung, ringId: ring.id, people: askedIds }], result: ring };
  },
});
