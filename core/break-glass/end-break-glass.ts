import { z } from 'zod';
import { GlassId } from '../id.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import { aboutGlass, type BrokenGlass } from './broken-glass.ts';

/** The hour is over: what was shown of the case by this access is taken back out of the chat. Before its time it does nothing. */
export const endBreakGlass = defineUseCase({
  name: 'end-break-glass',
  input: z.object({ glassId: GlassId }),
  subject: ({ glassId }, { store }) => store.brokenGlass.get(glassId),

  async run({ glassId }, { store, now }): Promise<Done<BrokenGlass>> {
    const glass = await store.brokenGlass.must(glassId);
    if (now < glass.until) return unchanged(glass);
    return { events: [{ type: 'glass.ended', ...aboutGlass(glass) }], result: glass };
  },
});
