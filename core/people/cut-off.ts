import { isOnLife } from '../alerts/alert-form.ts';
import type { DutyId, PersonId } from '../id.ts';
import type { Channel } from '../roles.ts';
import { addDays } from '../time.ts';
import type { Deps } from '../world.ts';
import { isOnStaff, type Person, reachable } from './person.ts';

/** The alerts of somebody who is gone ask nobody any more: their next step is due now and sets them free, from the widest ring reached (`delivery.md` 5). */
export async function freeAlerts({ id }: Person, { store, now }: Deps): Promise<number> {
  const owned = await store.alerts.open({ ownerId: id });
  for (const alert of owned) await store.alerts.save({ ...alert, state: 'asked', nextStepAt: now });
  for (const { handOverTo: _, ...alert } of await store.alerts.open({ handOverTo: id })) await store.alerts.save(alert);
  return owned.length;
}

/** Slots from now on, and the last resort. Of a last resort of two nobody is left when one goes: then all staff is rung until two are named again. */
export async function voidDuties({ id }: Person, { store, now }: Deps): Promise<void> {
  await store.duty.remove({ personId: id, to: { $gt: now } });
  const office = await store.office.get();
  if (office.lastResort.includes(id)) await store.office.put({ ...office, lastResort: [] });
}

/**
 * What was being filled in: an open window or a form half way takes no answer any more. `channel`: of this chat only. One on danger to life is put
 * aside for its timer, which raises it as it stands.
 */
export async function dropForms({ id }: Person, { store }: Deps, channel?: Channel): Promise<void> {
  for (const { form, drafts, ...conversation } of await store.conversations.find({ personId: id }))
    if (!channel || conversation.id.startsWith(`${channel}:`))
      await store.conversations.save({
        ...conversation,
        drafts: [...(form ? [form] : []), ...drafts].filter(isOnLife),
      });
}

/**
 * Who has their cases, reports, messages and requests from now on: the substitute that was named, else who is on duty, another coordinator, a
 * supervisor. Kept as an absence without an end, so that everything that asks for a substitute finds them. Nobody, when nobody is left.
 */
export async function handOn(person: Person, deps: Deps): Promise<PersonId | undefined> {
  if (person.role !== 'coordinator' && person.role !== 'supervisor') return undefined;
  const heir = await heirOf(person, deps);
  await endSubstitutions(person, heir, deps);
  await deps.store.absences.remove({ personId: person.id, to: { $gt: deps.now } });
  if (!heir) return undefined;
  await deps.store.absences.insert({
    id: deps.newId<DutyId>(),
    version: 0,
    personId: person.id,
    substituteId: heir,
    from: deps.now,
    to: addDays(deps.now, forGoodDays),
  });
  return heir;
}

/** An absence has an end; this one is meant to have none. */
const forGoodDays = 3650;

async function heirOf({ id }: Person, { store, now }: Deps): Promise<PersonId | undefined> {
  const candidates = [
    (await store.absences.of(id, now))?.substituteId,
    ...(await store.duty.at(now)).map(({ personId }) => personId),
    ...(await store.people.activeWithRole('coordinator')).map((one) => one.id),
    ...(await store.people.activeWithRole('supervisor')).map((one) => one.id),
  ];
  for (const candidate of candidates) {
    const person = candidate && candidate !== id ? await store.people.get(candidate) : undefined;
    if (person && isOnStaff(person) && reachable(person).length > 0) return person.id;
  }
  return undefined;
}

/** Whom they stood in for gets the heir; who would be their own substitute gets everything themselves again. */
async function endSubstitutions({ id }: Person, heir: PersonId | undefined, { store, now }: Deps): Promise<void> {
  for (const absence of await store.absences.find({ substituteId: id, to: { $gt: now } })) {
    if (!heir || heir === absence.personId) await store.absences.save({ ...absence, to: now });
    else await store.absences.save({ ...absence, substituteId: heir });
  }
}
