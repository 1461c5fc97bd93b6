import { z } from 'zod';
import { CaseId, GlassId, PersonId } from '../id.ts';

/** What a second person can say of it afterwards. */
export const verdicts = ['justified', 'toDiscuss'] as const;
export type Verdict = (typeof verdicts)[number];

/** Somebody opened a foreign case because it could not wait: for how long, why, and what a second person said of it (`delivery.md` 7). */
export const BrokenGlass = z.object({
  id: GlassId,
  version: z.number().int(),
  caseId: CaseId,
  askedBy: PersonId,
  /** A sentence; read by "Citesc" only. */
  reason: z.string(),
  openedAt: z.date(),
  /** The last instant of the access. */
  until: z.date(),
  state: z.enum(['waiting', ...verdicts]),
  reviewedBy: PersonId.optional(),
  reviewedAt: z.date().optional(),
});
export type BrokenGlass = z.infer<typeof BrokenGlass>;

/** What every event of it carries: it stands in the journal of the case. */
export const aboutGlass = ({ id, caseId }: BrokenGlass) => ({
  about: { kind: 'glass', id: id as string },
  caseId: caseId as string,
  glassId: id,
});
