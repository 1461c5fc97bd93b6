import { z } from 'zod';
import { PersonId } from '../id.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { personSubject } from './contact.ts';

/** "Write to me again": reminders come as before. */
export const resumeWriting = defineUseCase({
  name: 'resume-writing',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, { store }) {
    const person = await store.people.must(personId);
    if (!person.hasStopped) return unchanged(person);
    const saved = await store.people.save({ ...person, hasStopped: false });
    return { events: [{ type: 'writing.resumed', about: { kind: 'person', id: personId }, personId }], result: saved };
  },
});
