import type { PersonId } from '../id.ts';
import { isOnStaff, type Person, reachable } from '../people/person.ts';
import type { Looks } from '../world.ts';
import type { Alert, Ring } from './alert.ts';

/**
 * Who is told at a ring, read now: absences and the duty roster of this minute count (`delivery.md` 5). Only people who can be reached.
 * `all` is never only the last resort: it is everybody of the narrower rings, substitutes, last resort. Without a last resort, or when none of
 * these can be reached, it is all staff.
 */
export async function peopleOf(ring: Ring, alert: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  if (ring === 'coordinator') return coordinatorOf(alert, deps);
  if (ring === 'duty') return onDuty(deps);
  if (ring === 'supervisor') return withRole('supervisor', deps);
  return wholeRing(alert, deps);
}

/**
 * Whether somebody still belongs to the ring they were last chosen from. Asked before their message leaves: the roster may have changed
 * while it waited. Who was rung with everybody stays.
 */
export async function isStillChosen(personId: PersonId, alert: Alert, deps: Looks): Promise<boolean> {
  const chosen = alert.told.findLast((one) => one.personId === personId);
  if (!chosen || chosen.ring === 'all') return true;
  return (await peopleOf(chosen.ring, alert, deps)).some(({ id }) => id === personId);
}

async function coordinatorOf({ coordinatorId }: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  if (!coordinatorId) return [];
  const ids = await standingIn(coordinatorId, deps);
  return present(ids, deps);
}

/** The person, or while absent the substitute; of a substitute who is absent too, theirs. */
export async function standingIn(personId: PersonId, deps: Looks): Promise<PersonId[]> {
  const first = await deps.store.absences.of(personId, deps.now);
  if (!first) return [personId];
  const second = await deps.store.absences.of(first.substituteId, deps.now);
  return [second?.substituteId ?? first.substituteId];
}

async function onDuty(deps: Looks): Promise<Person[]> {
  const slots = await deps.store.duty.at(deps.now);
  return standIns(
    slots.map(({ personId }) => personId),
    deps,
  );
}

const withRole = async (role: 'supervisor', deps: Looks): Promise<Person[]> =>
  standIns(
    (await deps.store.people.activeWithRole(role)).map(({ id }) => id),
    deps,
  );

async function standIns(ids: PersonId[], deps: Looks): Promise<Person[]> {
  const there: PersonId[] = [];
  for (const id of ids) there.push(...(await standingIn(id, deps)));
  return present(there, deps);
}

async function wholeRing(alert: Pick<Alert, 'coordinatorId'>, deps: Looks): Promise<Person[]> {
  const office = await deps.store.office.get();
  if (office.lastResort.length < 2) return allStaff(deps);
  const named = alert.coordinatorId ? [alert.coordinatorId, ...(await standingIn(alert.coordinatorId, deps))] : [];
  const people = [
    ...(await present([...named, ...office.lastResort], deps)),
    ...(await onDuty(deps)),
    ...(await withRole('supervisor', deps)),
  ];
  if (people.length === 0) return allStaff(deps);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

const allStaff = async (deps: Looks): Promise<Person[]> => (await deps.store.people.staff()).filter(canBeRung);

async function present(ids: PersonId[], deps: Looks): Promise<Person[]> {
  const people: Person[] = [];
  for (const id of new Set(ids)) {
    const person = await readable(deps.store, id);
    if (person && canBeRung(person)) people.push(person);
  }
  return people;
}

/** Somebody who cannot be read is passed over: the others are told. */
const readable = ({ people }: Looks['store'], id: PersonId): Promise<Person | undefined> =>
  people.get(id).catch(async () => (await people.findSound({ _id: id })).sound[0]);

const canBeRung = (person: Person) => isOnStaff(person) && reachable(person).length > 0;
