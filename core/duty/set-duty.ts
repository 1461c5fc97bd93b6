import { z } from 'zod';
import { type DutyId, PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { overlap, type Span } from './duty.ts';
import type { DutySlot } from './duty-store.ts';

/** Puts somebody on duty. Two at once are allowed when it is said that this is meant. */
export const setDuty = defineUseCase({
  name: 'set-duty',
  input: z.object({ personId: PersonId, from: z.date(), to: z.date(), isSecond: z.boolean().default(false) }),
  subject: () => ({ id: 'office' }),

  async run({ personId, from, to, isSecond }, { store, now, newId }) {
    refuseWrongSpan({ from, to }, now);
    await refuseUnlessDecides(personId, { store });
    if (!isSecond) await refuseOverlap({ from, to }, { store, now });
    const slot: DutySlot = { id: newId<DutyId>(), version: 0, personId, from, to };
    await store.duty.insert(slot);
    const set = {
      type: 'duty.set' as const,
      dutyId: slot.id,
      personId,
      from: from.toISOString(),
      to: to.toISOString(),
    };
    return { events: [{ ...set, about: { kind: 'duty', id: slot.id as string } }], result: slot };
  },
});

/** A stretch that is turned round, or over already. */
export function refuseWrongSpan({ from, to }: Span, now: Date): void {
  if (from >= to) throw new Refusal(phrase('duty:wrongOrder'));
  if (to <= now) throw new Refusal(phrase('duty:past'));
}

/** Whoever is on duty or stands in must be able to decide: a coordinator or a supervisor [GUIDE]. */
export async function refuseUnlessDecides(personId: PersonId, { store }: Pick<Deps, 'store'>): Promise<void> {
  const person = await store.people.get(personId);
  const decides = person?.role === 'coordinator' || person?.role === 'supervisor';
  if (!decides || person?.status !== 'active') throw new Refusal(phrase('duty:notPossible'));
}

async function refuseOverlap(span: Span, { store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  const same = (await store.duty.after(now)).find((slot) => overlap(slot, span));
  if (same) throw new Refusal(phrase('duty:overlaps', { name: (await store.people.must(same.personId)).name }));
}
