import { z } from 'zod';
import { DutyId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';

/** Takes a slot out of the roster; whoever had it is told. */
export const removeDuty = defineUseCase({
  name: 'remove-duty',
  input: z.object({ dutyId: DutyId }),
  subject: () => ({ id: 'office' }),

  async run({ dutyId }, { store }) {
    const slot = await store.duty.get(dutyId);
    if (!slot) throw new Refusal(phrase('refusals:gone'));
    await store.duty.remove({ _id: dutyId });
    const removed = { type: 'duty.removed' as const, dutyId, personId: slot.personId, from: slot.from.toISOString() };
    return { events: [{ ...removed, about: { kind: 'duty', id: dutyId as string } }], result: slot };
  },
});
