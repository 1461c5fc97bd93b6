import { z } from 'zod';
import { CaseId, type GlassId, type PersonId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addMinutes } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutGlass, type BrokenGlass } from './broken-glass.ts';
import { reviewersOf } from './reviewers.ts';

/**
 * Opens a foreign case for an hour because it cannot wait: with a reason in a sentence, the supervisor told now, a second person looking at it
 * afterwards. It gives reading only. One's own case needs none; asked again while it is open it is the same access.
 */
export const breakGlass = defineUseCase({
  name: 'break-glass',
  input: z.object({ caseId: CaseId, reason: z.string().max(1000) }),
  subject: ({ caseId }, { store }) => store.cases.get(caseId),

  async run({ caseId, reason }, { actor, subject, ...deps }): Promise<Done<BrokenGlass>> {
    const askedBy = actor.id as PersonId;
    if (subject.coordinatorId && actor.actsFor.includes(subject.coordinatorId)) throw new Refusal(phrase('glass:own'));
    if (!isSentence(reason)) throw new Refusal(phrase('glass:needsReason'));
    const open = await deps.store.brokenGlass.openOf(askedBy, caseId, deps.now);
    if (open) return unchanged(open);
    const glass: BrokenGlass = {
      id: deps.newId<GlassId>(),
      version: 0,
      caseId,
      askedBy,
      reason: reason.trim(),
      openedAt: deps.now,
      until: addMinutes(deps.now, deps.settings.breakGlass.minutes),
      state: 'waiting',
    };
    await deps.store.brokenGlass.insert(glass);
    await openTo(glass, deps);
    const people = await reviewersOf(askedBy, deps);
    return {
      events: [{ type: 'glass.broken', ...aboutGlass(glass), until: glass.until.toISOString(), people }],
      result: glass,
    };
  },
});

/** Two words at least, so that somebody else understands why. */
const isSentence = (reason: string): boolean => reason.trim().length >= 10 && /\s/.test(reason.trim());

/** The access lies with the person who has it and ends by its time alone: nothing must happen for it to end. */
async function openTo({ askedBy, caseId, until }: BrokenGlass, { store, now }: Deps): Promise<void> {
  const person = await store.people.must(askedBy);
  const others = (person.openedCases ?? []).filter((one) => one.until > now && one.caseId !== caseId);
  await store.people.save({ ...person, openedCases: [...others, { caseId, until }] });
}
