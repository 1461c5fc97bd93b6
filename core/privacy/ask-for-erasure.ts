import { z } from 'zod';
import { type ErasureId, PersonId } from '../id.ts';
import { contactOf, personSubject } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutErasure, type Erasure } from './erasure.ts';
import { refuseIfNeeded } from './may-be-erased.ts';

/** Asks that a person be erased for good. Nothing happens before a second one approves. Refuses while an alert of theirs is open. */
export const askForErasure = defineUseCase({
  name: 'ask-for-erasure',
  input: z.object({ personId: PersonId, reason: z.string().min(1).max(1000) }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, reason }, deps) {
    const { store, actor, now, newId } = deps;
    const person = await store.people.must(personId);
    if (!actor.id || actor.id === personId) throw new Refusal(phrase('refusals:notYours'));
    if (await store.erasures.openOf(personId)) throw new Refusal(phrase('privacy:erase.refused.asked'));
    await refuseIfNeeded(person, deps);
    const caseId = (await store.cases.first({ personId }, { sort: { openedAt: -1 } }))?.id;
    const coordinatorId = await contactOf(person, deps);
    const erasure: Erasure = {
      id: newId<ErasureId>(),
      version: 0,
      personId,
      ...(caseId ? { caseId } : {}),
      ...(coordinatorId ? { coordinatorId } : {}),
      askedBy: actor.id,
      askedAt: now,
      reason,
      state: 'asked',
      keys: [],
    };
    await store.erasures.insert(erasure);
    return { events: [{ type: 'erasure.asked', ...aboutErasure(erasure) }], result: erasure };
  },
});
