import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { makeInvitation } from './make-invitation.ts';

/** A new invitation for somebody on file: the old one was lost or ran out, or the person has a new phone. */
export const reissueInvitation = defineUseCase({
  name: 'reissue-invitation',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, deps) {
    const person = await deps.store.people.must(personId);
    if (person.status === 'left') throw new Refusal(phrase('refusals:gone'));
    const { events, invitation, code } = await makeInvitation(person, 'access', deps);
    return { events, result: { person, invitation, code } };
  },
});
