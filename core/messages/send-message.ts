import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { defineUseCase } from '../use-case.ts';
import { receive, Said } from './receive.ts';

/** Somebody on file writes to whoever answers for them; they hear by which day there is an answer. */
export const sendMessage = defineUseCase({
  name: 'send-message',
  input: z.object({ personId: PersonId, said: Said }),
  subject: ({ personId }, deps) => personSubject(personId, deps),
  run: ({ personId, said }, deps) => receive({ personId }, 'written', said, deps),
});
