import type { PersonId } from '../id.ts';
import type { Message } from '../message.ts';
import type { Modal } from '../modal.ts';
import { phrase, time } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { addMinutes, nextQuietEnd } from '../time.ts';
import type { BrokenGlass, Verdict } from './broken-glass.ts';
import type { GlassEvents } from './glass-events.ts';
import { reviewersOf } from './reviewers.ts';

/** The supervisor hears of it now, at any hour; what nobody reviewed asks again; who asked hears what was said of it. */
export const glassReactions: Reactions<GlassEvents> = {
  'glass.broken': ({ glassId, people, until }, deps) => [
    ...cardsTo(people, glassId),
    reminder(glassId, deps),
    { do: 'timer', key: `glass-end-${glassId}`, kind: 'end-break-glass', subject: glassId, at: new Date(until) },
  ],
  'glass.read': () => [],
  'glass.reviewed': async ({ glassId, verdict }, deps) => {
    const glass = await deps.store.brokenGlass.must(glassId);
    return [
      { do: 'refresh', subject: glassId },
      { do: 'cancel', key: keyOf(glassId) },
      {
        do: 'tell',
        to: glass.askedBy,
        message: await verdictOn(glass, verdict, deps),
        lane: 'waiting',
        at: nextQuietEnd(deps.now, deps.settings.quietHours),
      },
      ...homes(await reviewersOf(glass.askedBy, deps)),
    ];
  },
  'glass.reminded': ({ glassId, people }, deps) => [...cardsTo(people, glassId), reminder(glassId, deps)],
  'glass.ended': async ({ glassId }, deps) => {
    const message = await endOf(await deps.store.brokenGlass.must(glassId), deps);
    const modal: Modal = { is: 'reading', title: phrase('glass:button.break'), message };
    return [{ do: 'takeBack', of: glassId, message, modal }];
  },
  'case.denied': async ({ by, caseId }, deps) => {
    const { deniedTries, deniedMinutes } = deps.settings.breakGlass;
    const before = await deps.store.journal.denied(by, addMinutes(deps.now, -deniedMinutes));
    const tries = before + 1;
    if (tries % deniedTries !== 0) return [];
    const message = await triesOf(by, caseId, tries, deps);
    return (await reviewersOf(by, deps)).map((to) => ({ do: 'tell', to, message, lane: 'waiting' }));
  },
};

const cardsTo = (people: PersonId[], subject: string): Reaction[] => [
  ...people.map((to): Reaction => ({ do: 'tell', to, card: 'break-glass', subject, lane: 'waiting' })),
  ...homes(people),
];

const homes = (people: PersonId[]): Reaction[] => people.map((of) => ({ do: 'home', of }));

const keyOf = (glassId: string) => `glass-${glassId}`;

/** In the morning, if it would be in the night. */
const reminder = (glassId: string, { now, settings }: ReactionDeps): Reaction => ({
  do: 'timer',
  key: keyOf(glassId),
  kind: 'remind-break-glass',
  subject: glassId,
  at: nextQuietEnd(addMinutes(now, settings.breakGlass.reminderHours * 60), settings.quietHours),
});

async function verdictOn(glass: BrokenGlass, verdict: Verdict, { store, actor }: ReactionDeps): Promise<Message> {
  const name = (actor.id && (await store.people.get(actor.id))?.name) ?? '—';
  const caseRef = (await store.cases.get(glass.caseId))?.number ?? '—';
  return { lines: [phrase(`glass:notice.${verdict}`, { name, caseRef })] };
}

/** Stands where the case stood. */
async function endOf({ caseId, until }: BrokenGlass, { store }: ReactionDeps): Promise<Message> {
  const caseRef = (await store.cases.get(caseId))?.number ?? '—';
  return { lines: [phrase('glass:ended', { caseRef, time: time(until) })] };
}

/** The latest case only: the others stand in the journal. */
async function triesOf(
  by: PersonId,
  caseId: string | undefined,
  tries: number,
  { store }: ReactionDeps,
): Promise<Message> {
  const caseRef = (caseId && (await store.cases.get(caseId))?.number) || '—';
  return { lines: [phrase('glass:notice.denied', { name: (await store.people.must(by)).name, tries, caseRef })] };
}
