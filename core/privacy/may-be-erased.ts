import type { PersonId } from '../id.ts';
import type { Person } from '../people/person.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { isStaff } from '../roles.ts';
import type { Deps } from '../world.ts';

/** Refuses while somebody may be in danger, or still works here. The danger first, then the erasure. */
export async function refuseIfNeeded(person: Person, { store }: Pick<Deps, 'store'>): Promise<void> {
  if (isStaff(person.role) && person.status !== 'left') throw new Refusal(phrase('privacy:erase.refused.staff'));
  if ((await openAlerts(person.id, store)) > 0) throw new Refusal(phrase('privacy:erase.refused.alert'));
}

async function openAlerts(personId: PersonId, store: Deps['store']): Promise<number> {
  const cases = await store.cases.find({ personId });
  return store.alerts.count({
    state: { $ne: 'closed' },
    $or: [{ personId }, { caseId: { $in: cases.map(({ id }) => id) } }],
  });
}
