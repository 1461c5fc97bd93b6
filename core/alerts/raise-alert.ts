import { z } from 'zod';
import { CaseId, FileId, PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { type Alert, levels } from './alert.ts';
import { addTo, openAlert } from './open-alert.ts';

/** Words are enough, a voice alone is enough; nothing at all is enough for danger to life. */
export const Observed = z.object({
  words: z.string().max(20_000).default(''),
  files: z.array(FileId).max(20).default([]),
});

/** Raises an urgent alert on a case or on somebody not on file; a second one of the same level on a case adds to the first. [GUIDE] */
export const raiseAlert = defineUseCase({
  name: 'raise-alert',
  input: z.object({
    caseId: CaseId.optional(),
    level: z.enum(levels),
    observed: Observed,
    /** Who saw it, where the system raises it in their place. */
    seenBy: PersonId.optional(),
  }),

  async subject({ caseId, seenBy }, { store, actor }) {
    if (caseId) return store.cases.get(caseId);
    const by = actor.id ?? seenBy;
    const me = by && (await store.people.get(by));
    const coordinatorId = me ? (me.role === 'technician' ? me.coordinatorId : me.id) : undefined;
    return { id: undefined, technicianIds: by ? [by] : [], coordinatorId };
  },

  async run(
    { caseId, level, observed, seenBy },
    given,
  ): Promise<{ events: never[] | Awaited<ReturnType<typeof openAlert>>['events']; result: Alert }> {
    const deps = given.actor.id ? given : { ...given, actor: { ...given.actor, id: seenBy } };
    if (level !== 'life' && !observed.words && observed.files.length === 0) throw new Refusal(phrase('notes:empty'));
    const open = caseId && (await deps.store.alerts.openOnCase(caseId, level));
    if (open) return addTo(open, observed, deps);

    return openAlert(
      {
        level,
        origin: 'report',
        caseId,
        coordinatorId: deps.subject.coordinatorId,
        personId: deps.subject.personId,
        placeCode: await placeOf(caseId, deps),
        observed,
      },
      deps,
    );
  },
});

async function placeOf(
  caseId: CaseId | undefined,
  { store, actor }: Deps & { actor: { id: Alert['raisedBy'] } },
): Promise<string> {
  if (caseId) return (await store.cases.must(caseId)).placeCode;
  return (actor.id && (await store.people.get(actor.id))?.placeCode) || '—';
}
