import { setDuty } from '#core/duty/set-duty.ts';
import { execute, inStep } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import { addMinutes } from '#core/time.ts';
import { openTestOffice } from './office.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  andrei: { name: 'Andrei Stan', phone: 7002 },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
  carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
} as const;
type Name = keyof typeof people;

const roles = [
  ['vera', 'admin'],
  ['carmen', 'supervisor'],
  ['ioana', 'coordinator'],
  ['andrei', 'coordinator'],
] as const;

export type Roster = Awaited<ReturnType<typeof openRoster>>;

/** An office with a roster: an administrator, a last resort of two in Slack, and Andrei on duty on his phone for so many days. */
export async function openRoster(days: number) {
  const office = await openTestOffice({ people });
  const { store, clock } = office.world;
  const ids = {} as Record<Name, PersonId>;
  for (const [id, role] of roles) ids[id] = await office.joins(role, id);
  await store.office.put({ ...(await store.office.get()), lastResort: [ids.ioana, ids.carmen] });
  const from = clock.wall();
  const input = { personId: ids.andrei, from, to: addMinutes(from, days * 24 * 60), isSecond: false };
  await inStep(office.world, 'duty', (step) => execute(step, setDuty, { actor: system, input }));
  await office.settle();
  return {
    office,
    until: (at: Date) => office.forward((at.getTime() - clock.wall().getTime()) / 60_000),
    /** What everybody was told so far is no news any more. */
    forget: () => (Object.keys(people) as Name[]).forEach((id) => void office.heard(id)),
  };
}
