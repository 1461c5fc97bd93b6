import { z } from 'zod';
import { PersonId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import type { KeyId } from '../seal.ts';
import { defineUseCase } from '../use-case.ts';
import { dropTraces } from './drop-traces.ts';

/** After a restore: takes away again what leads to somebody who was erased since the backup; their keys are destroyed already. */
export const repeatErasure = defineUseCase({
  name: 'repeat-erasure',
  input: z.object({ personId: PersonId, accountKeys: z.array(z.string()) }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, accountKeys }, deps) {
    const { store, now } = deps;
    await dropTraces(personId, accountKeys as KeyId[], deps);
    await store.outbox.remove({ personId });
    for (const one of await store.erasures.find({ personId, state: { $ne: 'done' } }))
      await store.erasures.change(one.id, {}, { state: 'done', doneAt: now });
    const about = { kind: 'erasure', id: personId as string };
    return { events: [{ type: 'erasure.repeated', about, personId }], result: undefined };
  },
});
