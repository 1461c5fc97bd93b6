import type { PersonId } from '../id.ts';
import { isOnStaff } from '../people/person.ts';
import type { Looks } from '../world.ts';

/** The second person: every supervisor but the one concerned, else every administrator. */
export async function reviewersOf(askedBy: PersonId, { store }: Pick<Looks, 'store'>): Promise<PersonId[]> {
  for (const role of ['supervisor', 'admin'] as const) {
    const others = (await store.people.activeWithRole(role)).filter((one) => one.id !== askedBy && isOnStaff(one));
    if (others.length > 0) return others.map(({ id }) => id);
  }
  return [];
}
