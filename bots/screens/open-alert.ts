import type { Alert } from '#core/alerts/alert.ts';
import type { Turn } from '../dialogue/turn.ts';

/** The alert that is open because who writes asked for help: what they say next is for those who come. One a colleague raised about them is not. */
export async function ownAlertOf({ person, account, store }: Turn): Promise<Alert | undefined> {
  const open = person ? await store.alerts.openOfPerson(person.id) : await store.alerts.openOfStranger(account);
  return open.find(({ origin }) => origin !== 'report');
}

/** The newest alert that is still open of who writes. */
export async function openAlertOf({ person, account, store }: Turn): Promise<Alert | undefined> {
  if (!person) return (await store.alerts.openOfStranger(account))[0];
  return (await store.alerts.openOfPerson(person.id))[0] ?? (await store.alerts.raisedBy(person.id))[0];
}
