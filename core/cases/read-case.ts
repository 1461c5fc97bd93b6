import { z } from 'zod';
import { CaseId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';

/** Opens the card of a case; each reading leaves a line. A foreign case is refused with the name of who has it [GUIDE]. */
export const readCase = defineUseCase({
  name: 'read-case',
  input: z.object({ caseId: CaseId }),
  subject: ({ caseId }, { store }) => store.cases.get(caseId),

  async run({ caseId }, { store }) {
    const one = await store.cases.must(caseId);
    return {
      events: [
        {
          type: 'case.read',
          about: { kind: 'case', id: caseId as string },
          caseId: caseId as string,
          stage: one.stage,
        },
      ],
      result: one,
    };
  },
});
