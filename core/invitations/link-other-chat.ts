import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { defineUseCase } from '../use-case.ts';
import { makeInvitation } from './make-invitation.ts';

/** A short-lived code by which somebody on staff links their other chat, typed there. */
export const linkOtherChat = defineUseCase({
  name: 'link-other-chat',
  input: z.object({ personId: PersonId }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId }, deps) {
    const { events, invitation, code } = await makeInvitation(
      await deps.store.people.must(personId),
      'otherChat',
      deps,
    );
    return { events, result: { invitation, code } };
  },
});
