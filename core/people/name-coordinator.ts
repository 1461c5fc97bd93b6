import { z } from 'zod';
import { PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { personSubject } from './contact.ts';
import { refuseUnlessCoordinator } from './invite-staff.ts';

/** Says who coordinates a technician from now on [GUIDE]. */
export const nameCoordinator = defineUseCase({
  name: 'name-coordinator',
  input: z.object({ technicianId: PersonId, coordinatorId: PersonId }),
  subject: ({ technicianId }, deps) => personSubject(technicianId, deps),

  async run({ technicianId, coordinatorId }, { store }) {
    const technician = await store.people.must(technicianId);
    if (technician.role !== 'technician' || technician.status === 'left') throw new Refusal(phrase('refusals:gone'));
    await refuseUnlessCoordinator(coordinatorId, { store });
    if (technician.coordinatorId === coordinatorId) return unchanged(technician);
    const saved = await store.people.save({ ...technician, coordinatorId });
    const named = {
      type: 'coordinator.named' as const,
      technicianId,
      coordinatorId,
      formerId: technician.coordinatorId,
    };
    return { events: [{ ...named, about: { kind: 'person', id: technicianId as string } }], result: saved };
  },
});
