import { z } from 'zod';
import { GlassId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutGlass, verdicts } from './broken-glass.ts';

/** A second person says once whether it had to be, or that it is to be talked about. Never the one who asked. */
export const reviewBreakGlass = defineUseCase({
  name: 'review-break-glass',
  input: z.object({ glassId: GlassId, verdict: z.enum(verdicts) }),
  subject: ({ glassId }, { store }) => store.brokenGlass.get(glassId),

  async run({ glassId, verdict }, { store, actor, now }) {
    const glass = await store.brokenGlass.must(glassId);
    if (glass.reviewedBy)
      throw new Refusal(phrase('glass:reviewed', { name: (await store.people.must(glass.reviewedBy)).name }));
    const by = actor.id as PersonId;
    const reviewed = await store.brokenGlass.save({ ...glass, state: verdict, reviewedBy: by, reviewedAt: now });
    return { events: [{ type: 'glass.reviewed', ...aboutGlass(glass), verdict }], result: reviewed };
  },
});
