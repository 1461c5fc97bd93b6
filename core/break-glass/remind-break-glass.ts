import { z } from 'zod';
import { GlassId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import { aboutGlass, type BrokenGlass } from './broken-glass.ts';
import { reviewersOf } from './reviewers.ts';

/** What nobody reviewed is asked for again, of whoever can review it today. */
export const remindBreakGlass = defineUseCase({
  name: 'remind-break-glass',
  input: z.object({ glassId: GlassId }),
  subject: ({ glassId }, { store }) => store.brokenGlass.get(glassId),

  async run({ glassId }, deps): Promise<Done<BrokenGlass>> {
    const glass = await deps.store.brokenGlass.must(glassId);
    if (glass.state !== 'waiting') return unchanged(glass);
    const people = await reviewersOf(glass.askedBy, deps);
    return { events: [{ type: 'glass.reminded', ...aboutGlass(glass), people }], result: glass };
  },
});
