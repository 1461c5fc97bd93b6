import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';

/** Notes once, at the first walk, what stood in the journal before there were chains: more of it later is a finding. */
export const beginChain = defineUseCase({
  name: 'begin-chain',
  input: z.object({ lines: z.number().int(), mark: z.string() }),
  subject: () => ({ id: 'office' }),

  async run(before, { store }) {
    if ((await store.journal.ofOffice('journal.begun')).length > 0) return unchanged(undefined);
    return {
      events: [{ type: 'journal.begun', about: { kind: 'office', id: 'office' }, ...before }],
      result: undefined,
    };
  },
});
