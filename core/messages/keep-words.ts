import { z } from 'zod';
import { personSubject } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { origins } from './kept-message.ts';
import { receive, Said, Sender } from './receive.ts';

/** Keeps what was not understood, and whatever somebody not on file writes: a human reads it (`experience.md` 1). */
export const keepWords = defineUseCase({
  name: 'keep-words',
  input: z.object({ from: Sender, origin: z.enum(origins).default('notUnderstood'), said: Said }),

  async subject({ from }, deps) {
    if (from.personId) return personSubject(from.personId, deps);
    if (!from.account) throw new Refusal(phrase('refusals:gone'));
    return { id: undefined, role: 'stranger' as const };
  },

  run: ({ from, origin, said }, deps) => receive(from, origin, said, deps),
});
