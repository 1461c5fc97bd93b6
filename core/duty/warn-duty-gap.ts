import { z } from 'zod';
import { addMinutes } from '../time.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { firstGap } from './duty.ts';

/** A day before a slot ends: if nobody follows, whoever keeps the roster is told. */
export const warnDutyGap = defineUseCase({
  name: 'warn-duty-gap',
  input: z.object({}),
  subject: () => ({ id: 'office' }),

  async run(_input, { store, now, settings }) {
    const to = addMinutes(now, 2 * settings.duty.gapWarningHours * 60);
    const gap = firstGap(await store.duty.after(now), { from: now, to });
    if (!gap) return unchanged(undefined);
    const near = { type: 'duty.gap-near' as const, from: gap.from.toISOString(), to: gap.to.toISOString() };
    return { events: [{ ...near, about: { kind: 'office', id: 'office' } }], result: undefined };
  },
});
