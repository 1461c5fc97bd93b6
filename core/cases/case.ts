import { z } from 'zod';
import { CaseId, PersonId } from '../id.ts';

/** Stages of the path of a case (domain 3) [ECSILI] [GUIDE]. */
export const stages = ['intake', 'profiling', 'planning', 'referral', 'monitoring', 'closed', 'follow_up'] as const;

/** A person's case with the service. Known in messages only by its number and place code. */
export const Case = z.object({
  id: CaseId,
  version: z.number().int(),
  /** For example C-12: what notifications may show. */
  number: z.string(),
  placeCode: z.string(),
  personId: PersonId,
  /** The case manager: the person's contact from the first hello to closing [ECSILI]. */
  coordinatorId: PersonId,
  technicianIds: z.array(PersonId),
  stage: z.enum(stages),
  openedAt: z.date(),
});
export type Case = z.infer<typeof Case>;
