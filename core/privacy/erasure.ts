import { z } from 'zod';
import { CaseId, ErasureId, PersonId } from '../id.ts';

/** A wish to erase a person for good: one asks, a second one approves, then their keys are destroyed (`delivery.md` 7). */
export const Erasure = z.object({
  id: ErasureId,
  version: z.number().int(),
  personId: PersonId,
  caseId: CaseId.optional(),
  coordinatorId: PersonId.optional(),
  askedBy: PersonId,
  askedAt: z.date(),
  /** Why, in the asker's words. It goes with the person. */
  reason: z.string(),
  state: z.enum(['asked', 'declined', 'approved', 'done']),
  answeredBy: PersonId.optional(),
  answeredAt: z.date().optional(),
  /** Whose data keys are destroyed; ids only. */
  keys: z.array(z.string()),
  doneAt: z.date().optional(),
});
export type Erasure = z.infer<typeof Erasure>;

/** What every event of an erasure carries. Its lines outlive the person, so they name ids only. */
export const aboutErasure = ({ id, personId }: Erasure) => ({
  about: { kind: 'erasure', id: id as string },
  erasureId: id,
  personId,
});

/** Key of the timer that destroys the keys. */
export const erasureTimer = (id: ErasureId): string => `erase-${id}`;
