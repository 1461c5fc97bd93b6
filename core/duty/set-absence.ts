import { z } from 'zod';
import { type DutyId, PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { overlap, type Span } from './duty.ts';
import type { Absence } from './duty-store.ts';
import { refuseUnlessDecides, refuseWrongSpan } from './set-duty.ts';

/** Notes who is away and who stands in: alerts, messages and decisions go to the substitute [GUIDE]. */
export const setAbsence = defineUseCase({
  name: 'set-absence',
  input: z.object({ personId: PersonId, substituteId: PersonId, from: z.date(), to: z.date() }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, substituteId, from, to }, { store, now, newId }) {
    refuseWrongSpan({ from, to }, now);
    if (substituteId === personId) throw new Refusal(phrase('duty:absence.sameSubstitute'));
    await refuseUnlessDecides(substituteId, { store });
    await refuseIfAway(substituteId, { from, to }, { store, now });
    const absence: Absence = { id: newId<DutyId>(), version: 0, personId, substituteId, from, to };
    await store.absences.insert(absence);
    const set = {
      type: 'absence.set' as const,
      absenceId: absence.id,
      personId,
      substituteId,
      from: from.toISOString(),
      to: to.toISOString(),
    };
    return { events: [{ ...set, about: { kind: 'person', id: personId as string } }], result: absence };
  },
});

async function refuseIfAway(
  substituteId: PersonId,
  span: Span,
  { store, now }: Pick<Deps, 'store' | 'now'>,
): Promise<void> {
  const absences = await store.absences.after(now);
  const isAway = absences.some((absence) => absence.personId === substituteId && overlap(absence, span));
  if (isAway)
    throw new Refusal(phrase('duty:absence.substituteAway', { name: (await store.people.must(substituteId)).name }));
}
