import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { defineUseCase, unchanged } from '../use-case.ts';

/** "I am back": the absence of today ends now, everything comes to the person again. */
export const endAbsence = defineUseCase({
  name: 'end-absence',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, { store, now }) {
    const person = await store.people.must(personId);
    const absence = await store.absences.of(personId, now);
    if (!absence) return unchanged(person);
    await store.absences.save({ ...absence, to: now });
    const ended = {
      type: 'absence.ended' as const,
      absenceId: absence.id,
      personId,
      substituteId: absence.substituteId,
    };
    return { events: [{ ...ended, about: { kind: 'person', id: personId as string } }], result: person };
  },
});
