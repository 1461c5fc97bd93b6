import { z } from 'zod';
import { DutyId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';

/** "Am auzit": the test message arrived and was looked at. A late answer counts, too. */
export const hearTest = defineUseCase({
  name: 'hear-test',
  input: z.object({ ringId: DutyId }),
  subject: async (_input, { store, actor }) => (actor.id ? store.people.get(actor.id) : undefined),

  async run({ ringId }, { store, subject }) {
    const ring = await store.testRings.get(ringId);
    const personId = ring?.askedIds.find((id) => id === subject.id);
    if (!ring || !personId) throw new Refusal(phrase('refusals:gone'));
    if (ring.heardIds.includes(personId)) return unchanged(ring);
    const heard = await store.testRings.save({ ...ring, heardIds: [...ring.heardIds, personId] });
    const answered = { type: 'test-ring.heard' as const, about: { kind: 'duty', id: ringId as string } };
    return { events: [{ ...answered, ringId, personId, isLate: ring.isJudged }], result: heard };
  },
});
