import type { PersonId } from '../id.ts';
import type { Subjects } from '../rights.ts';
import type { Looks } from '../world.ts';
import { isOnStaff, type Person } from './person.ts';

/** Who answers for a person: the coordinator of a technician [GUIDE], the case manager of somebody with a case [ECSILI]. */
export async function contactOf(person: Person, { store }: Pick<Looks, 'store'>): Promise<PersonId | undefined> {
  return person.coordinatorId ?? (await store.cases.ofPerson(person.id))?.coordinatorId;
}

/** A person as the permission table sees them; `undefined` when nobody has this id. */
export async function personSubject(
  personId: PersonId,
  deps: Pick<Looks, 'store'>,
): Promise<Subjects['person'] | undefined> {
  const person = await deps.store.people.get(personId);
  return person && { id: person.id, role: person.role, coordinatorId: await contactOf(person, deps) };
}

/** Who hears what becomes of a person's access: their contact or its substitute, for other staff the administrators. */
export async function contactsOf(personId: PersonId, deps: Pick<Looks, 'store' | 'now'>): Promise<PersonId[]> {
  const person = await deps.store.people.must(personId);
  const contact = await contactOf(person, deps);
  const present = contact && (await presentFor(contact, deps));
  if (present) return [present.id];
  return (await deps.store.people.activeWithRole('admin')).filter(({ id }) => id !== personId).map(({ id }) => id);
}

/** The person, or while absent the one who stands in; `undefined` when neither is there. */
export async function presentFor(
  personId: PersonId,
  { store, now }: Pick<Looks, 'store' | 'now'>,
): Promise<Person | undefined> {
  const absence = await store.absences.of(personId, now);
  const person = await store.people.get(absence?.substituteId ?? personId);
  return person && isOnStaff(person) ? person : undefined;
}
