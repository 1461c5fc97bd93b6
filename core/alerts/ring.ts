import type { PersonId } from '../id.ts';
import { isOnStaff, type Person, reachable } from '../people/person.ts';
import type { Looks } from '../world.ts';
import type { Alert, Ring } from './alert.ts';

/**
 * Who is told at a ring, read now: absences and the duty roster of this minute count (`delivery.md` 5). Only people who can be reached.
 * `all` is never only the last resort: it is everybody of the narrower rings, substitutes, last resort, and without a last resort all staff.
 */
export async function peopleOf(ring: Ring, alert: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  if (ring === 'coordinator') return coordinatorOf(alert, deps);
  if (ring === 'duty') return onDuty(deps);
  if (ring === 'supervisor') return withRole('supervisor', deps);
  return wholeRing(alert, deps);
}

async function coordinatorOf({ coordinatorId }: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  if (!coordinatorId) return [];
  const ids = await standingIn(coordinatorId, deps);
  return present(ids, deps);
}

/** The person, or while absent the substitute (and the substitute's own, once). */
export async function standingIn(personId: PersonId, deps: Looks): Promise<PersonId[]> {
  const absence = await deps.store.absences.of(personId, deps.now);
  return absence ? [absence.substituteId] : [personId];
}

async function onDuty(deps: Looks): Promise<Person[]> {
  const slots = await deps.store.duty.at(deps.now);
  const ids = await Promise.resolve(slots.map(({ personId }) => personId));
  return present(ids, deps);
}

const withRole = async (role: 'supervisor', deps: Looks): Promise<Person[]> =>
  (await deps.store.people.activeWithRole(role)).filter(canBeRung);

async function wholeRing(alert: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  const office = await deps.store.office.get();
  if (office.lastResort.length === 0) return (await deps.store.people.staff()).filter(canBeRung);
  const named = alert.coordinatorId ? [alert.coordinatorId, ...(await standingIn(alert.coordinatorId, deps))] : [];
  const people = [
    ...(await present([...named, ...office.lastResort], deps)),
    ...(await onDuty(deps)),
    ...(await withRole('supervisor', deps)),
  ];
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

async function present(ids: PersonId[], deps: Looks): Promise<Person[]> {
  const people: Person[] = [];
  for (const id of new Set(ids)) {
    const person = await deps.store.people.get(id);
    if (person && canBeRung(person)) people.push(person);
  }
  return people;
}

const canBeRung = (person: Person) => isOnStaff(person) && reachable(person).length > 0;
