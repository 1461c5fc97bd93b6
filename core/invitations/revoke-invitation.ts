import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { phrase, when } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { revoke } from './make-invitation.ts';

/** Makes a person's invitation void before it is used. */
export const revokeInvitation = defineUseCase({
  name: 'revoke-invitation',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, { store }) {
    const person = await store.people.must(personId);
    const unused = await store.invitations.unusedOf(personId);
    const latest = await store.invitations.latestOf(personId);
    if (unused.length === 0 && latest?.usedAt)
      throw new Refusal(phrase('invitations:alreadyUsed', { when: when(latest.usedAt) }));
    return { events: await revoke(unused, { store }), result: person };
  },
});
