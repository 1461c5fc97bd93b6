import type { PersonId } from '../id.ts';
import { presentFor } from '../people/contact.ts';
import { isOnStaff, type Person } from '../people/person.ts';
import type { Looks } from '../world.ts';
import type { KeptMessage } from './kept-message.ts';

type Asked = Pick<KeptMessage, 'coordinatorId' | 'personId'>;

/**
 * Who reads a message now: the coordinator or whoever stands in; without one those on duty, else the supervisors, else
 * every coordinator. Never who wrote it.
 */
export async function readersOf({ coordinatorId, personId }: Asked, deps: Looks): Promise<PersonId[]> {
  const contact = coordinatorId ? [await presentFor(coordinatorId, deps)] : [];
  for (const people of [
    contact,
    await onDuty(deps),
    await deps.store.people.activeWithRole('supervisor'),
    await deps.store.people.activeWithRole('coordinator'),
  ]) {
    const ids = people
      .filter((person) => person && isOnStaff(person) && person.id !== personId)
      .map((person) => (person as Person).id);
    if (ids.length > 0) return [...new Set(ids)];
  }
  return [];
}

async function onDuty({ store, now }: Looks): Promise<(Person | undefined)[]> {
  const people: (Person | undefined)[] = [];
  for (const { personId } of await store.duty.at(now)) people.push(await store.people.get(personId));
  return people;
}
