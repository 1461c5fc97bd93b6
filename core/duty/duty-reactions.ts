import type { PersonId } from '../id.ts';
import type { Message } from '../message.ts';
import { homesOf } from '../office/office-reactions.ts';
import { day, list, phrase, when } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { addMinutes } from '../time.ts';
import { gapCheckAt } from './duty.ts';
import type { DutyEvents } from './duty-events.ts';
import { judgedAt, ringsNext } from './test-ring.ts';

/** Whoever gets or loses a duty is told, unless they did it themselves; the roster stands on the homes of those who keep it. */
export const dutyReactions: Reactions<DutyEvents> = {
  'duty.set': async ({ dutyId, personId, to }, deps) => [
    { do: 'tell', to: personId, card: 'duty-set', subject: dutyId, lane: 'routine' },
    {
      do: 'timer',
      key: `duty-gap-${dutyId}`,
      kind: 'warn-duty-gap',
      subject: dutyId,
      at: gapCheckAt(new Date(to), deps),
    },
    ringsNext(deps),
    ...(await homesOf(keepers, deps)),
  ],
  'duty.removed': async ({ dutyId, personId, from }, deps) => [
    tell(personId, { lines: [phrase('duty:notice.removed', { when: when(new Date(from)) })] }),
    { do: 'cancel', key: `duty-gap-${dutyId}` },
    ...(await homesOf(keepers, deps)),
  ],
  'duty.gap-near': async ({ from, to }, deps) => {
    const gap: Message = {
      lines: [phrase('duty:notice.gap', { when: when(new Date(from)), end: when(new Date(to)) })],
      buttons: [[{ label: phrase('duty:button.add'), action: 'duty.set', opensForm: true }]],
    };
    const told: Reaction[] = [];
    for (const role of keepers)
      for (const { id } of await deps.store.people.activeWithRole(role))
        told.push({ do: 'tell', to: id, message: gap, lane: 'routine' });
    return [...told, ...(await homesOf(keepers, deps))];
  },
  'absence.set': async ({ personId, substituteId, from, to }, deps) => {
    const name = async (id: PersonId) => (await deps.store.people.must(id)).name;
    const days = { from: day(new Date(from)), day: day(addMinutes(new Date(to), -1)) };
    return [
      tell(substituteId, { lines: [phrase('duty:notice.substitute', { name: await name(personId), ...days })] }),
      ...(deps.actor.id === personId
        ? []
        : [tell(personId, { lines: [phrase('duty:notice.away', { substitute: await name(substituteId), ...days })] })]),
      ...bothHomes(personId, substituteId),
    ];
  },
  'absence.ended': async ({ personId, substituteId }, deps) => {
    const { name } = await deps.store.people.must(personId);
    return [
      tell(substituteId, { lines: [phrase('duty:absence.ended', { name })] }),
      ...bothHomes(personId, substituteId),
    ];
  },
  'last-resort.set': async ({ people }, deps) => [
    ringsNext(deps),
    ...people.filter((to) => to !== deps.actor.id).map((to) => tell(to, { lines: [phrase('duty:notice.lastResort')] })),
    ...(await homesOf(keepers, deps)),
  ],
  'test-ring.rung': ({ ringId, people }, deps) => [
    ringsNext(deps),
    { do: 'timer', key: `judge-${ringId}`, kind: 'judge-test', subject: ringId, at: judgedAt(deps.now, deps.settings) },
    ...people.map((to): Reaction => ({ do: 'tell', to, card: 'duty-test', subject: ringId, lane: 'waiting' })),
  ],
  'test-ring.heard': ({ isLate }, deps) => (isLate ? homesOf(keepers, deps) : []),
  'test-ring.judged': async ({ silent }, deps) => [
    ...(silent.length > 0 ? await toldOfSilence(silent, deps) : []),
    ...(await homesOf(keepers, deps)),
  ],
};

async function toldOfSilence(silent: PersonId[], { store }: ReactionDeps): Promise<Reaction[]> {
  const names = (await store.people.find({ _id: { $in: silent } })).map(({ name }) => name);
  const message: Message = {
    lines: [phrase('duty:test.silent', { names: list(names) })],
    buttons: [[{ label: phrase('general:button.details'), action: 'duty.show', opensForm: true }]],
  };
  const told: Reaction[] = [];
  for (const role of keepers)
    for (const { id } of await store.people.activeWithRole(role))
      told.push({ do: 'tell', to: id, message, lane: 'waiting' });
  return told;
}

const keepers: ('admin' | 'supervisor')[] = ['admin', 'supervisor'];

const tell = (to: PersonId, message: Message): Reaction => ({ do: 'tell', to, message, lane: 'routine' });

const bothHomes = (...people: PersonId[]): Reaction[] => people.map((of) => ({ do: 'home', of }));
