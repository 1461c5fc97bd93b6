import { z } from 'zod';
import { CaseId, PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';

/** Says which technicians visit a case from now on; those added and those taken off it are told [GUIDE]. */
export const assignTechnician = defineUseCase({
  name: 'assign-technician',
  input: z.object({ caseId: CaseId, technicianIds: z.array(PersonId).max(10) }),
  subject: ({ caseId }, { store }) => store.cases.get(caseId),

  async run({ caseId, technicianIds }, { store }) {
    const one = await store.cases.must(caseId);
    for (const id of technicianIds) await refuseUnlessTechnician(id, { store });
    const added = technicianIds.filter((id) => !one.technicianIds.includes(id));
    const removed = one.technicianIds.filter((id) => !technicianIds.includes(id));
    if (added.length === 0 && removed.length === 0) return unchanged(one);
    const saved = await store.cases.save({ ...one, technicianIds });
    const assigned = { type: 'technicians.assigned' as const, coordinatorId: one.coordinatorId, added, removed };
    return { events: [{ ...assigned, about: { kind: 'case', id: caseId as string }, caseId }], result: saved };
  },
});

async function refuseUnlessTechnician(id: PersonId, { store }: Pick<Deps, 'store'>): Promise<void> {
  const technician = await store.people.get(id);
  if (technician?.role !== 'technician' || technician.status === 'left') throw new Refusal(phrase('refusals:gone'));
}
