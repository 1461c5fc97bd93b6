import type { Alert } from '#core/alerts/alert.ts';
import type { Turn } from '../dialogue/turn.ts';

/** The newest alert that is still open of who writes. */
export async function openAlertOf({ person, account, store }: Turn): Promise<Alert | undefined> {
  if (!person) return (await store.alerts.openOfStranger(account))[0];
  return (await store.alerts.openOfPerson(person.id))[0] ?? (await store.alerts.raisedBy(person.id))[0];
}
