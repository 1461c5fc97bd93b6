import { z } from 'zod';
import { GlassId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutGlass } from './broken-glass.ts';

/** "Citesc": a second person opens the reason; each reading leaves a line. */
export const readBreakGlass = defineUseCase({
  name: 'read-break-glass',
  input: z.object({ glassId: GlassId }),
  subject: ({ glassId }, { store }) => store.brokenGlass.get(glassId),

  async run({ glassId }, { store }) {
    const glass = await store.brokenGlass.must(glassId);
    return { events: [{ type: 'glass.read', ...aboutGlass(glass) }], result: glass };
  },
});
