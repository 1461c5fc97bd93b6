import type { Asker } from '../rights.ts';
import type { Actor } from '../use-case.ts';
import type { Deps } from '../world.ts';
import type { Person } from './person.ts';

/** A person as an actor: their role, the absent colleagues they stand in for, and the foreign cases that stand open to them now. */
export async function askerFor(person: Person, { store, now }: Pick<Deps, 'store' | 'now'>): Promise<Asker> {
  if (person.status !== 'active') return stranger;
  const absent =
    person.role === 'coordinator' || person.role === 'supervisor'
      ? await store.absences.standingInBy(person.id, now)
      : [];
  return {
    id: person.id,
    roles: [person.role],
    actsFor: [person.id, ...absent.map(({ personId }) => personId)],
    openedCases: (person.openedCases ?? []).filter(({ until }) => until > now).map(({ caseId }) => caseId),
  };
}

/** Somebody whose account is not linked. */
export const stranger: Actor = { id: undefined, roles: ['stranger'], actsFor: [] };

/** A due timer, or the command line. */
export const system: Actor = { id: undefined, roles: ['system'], actsFor: [] };
