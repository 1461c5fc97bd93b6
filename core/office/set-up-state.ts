import { lastResortLacks } from '../duty/last-resort.ts';
import { isOnStaff, reachable } from '../people/person.ts';
import type { Looks } from '../world.ts';

/** What an office must have before alerts surely reach somebody (`delivery.md` 5). */
export const setUpItems = ['coordinator', 'supervisor', 'duty', 'lastResort', 'phoneAlarm', 'telegram'] as const;
export type SetUpItem = (typeof setUpItems)[number];

/** What is missing now; while the last resort is, every alert that nobody takes rings all staff. */
export async function missingItems({ store, now }: Pick<Looks, 'store' | 'now'>): Promise<SetUpItem[]> {
  const office = await store.office.get();
  const there: Record<SetUpItem, boolean> = {
    coordinator: (await store.people.activeWithRole('coordinator')).length > 0,
    supervisor: (await store.people.activeWithRole('supervisor')).length > 0,
    duty: await isSomebodyOnDuty({ store, now }),
    lastResort: (await lastResortLacks({ store })) === undefined,
    phoneAlarm: office.hasPhoneAlarm ?? false,
    telegram: office.hasTelegram ?? false,
  };
  return setUpItems.filter((item) => !there[item]);
}

/** A slot counts only with somebody in it who can be reached. */
async function isSomebodyOnDuty({ store, now }: Pick<Looks, 'store' | 'now'>): Promise<boolean> {
  for (const { personId } of await store.duty.at(now)) {
    const person = await store.people.get(personId);
    if (person && isOnStaff(person) && reachable(person).length > 0) return true;
  }
  return false;
}
