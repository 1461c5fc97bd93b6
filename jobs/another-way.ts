import type { Alert } from '#core/alerts/alert.ts';
import { ladder } from '#core/alerts/alert.ts';
import { chooseAnew } from '#core/alerts/choose-anew.ts';
import { escalateAlert } from '#core/alerts/escalate-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import { execute, type Step } from '#core/execute.ts';
import type { AlertId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { system } from '#core/people/actor.ts';
import { contactsOf } from '#core/people/contact.ts';
import { type Account, type Person, reachable } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';

/** Which other accounts of the person may be used: `other bot` while the whole bot is shut. */
type Ways = { mayUse: 'any account' | 'other account' | 'other bot' };

/** A message that cannot go the way it should: to the person's other chat, an alert else to the next person, now (`delivery.md` 4). */
export async function byAnotherWay(step: Step, row: OutboxRow, ways: Ways): Promise<void> {
  const person = await receiverOf(step, row);
  const account = person && otherAccount(person, row, ways);
  if (person && account) return void step.tray.rows.push(secondWay(step, row, person, account));
  await tellNext(step, row);
}

/** Nobody who left, and nobody whose access was cut since, gets it another way. */
async function receiverOf({ deps }: Step, { personId, epoch }: OutboxRow): Promise<Person | undefined> {
  const person = personId && (await deps.store.people.get(personId));
  return person && person.status !== 'left' && person.epoch === epoch ? person : undefined;
}

function otherAccount(person: Person, row: OutboxRow, { mayUse }: Ways): Account | undefined {
  if (row.isSecondWay && mayUse !== 'any account') return undefined;
  return reachable(person).find(
    ({ channel, key }) => channel !== row.channel || (mayUse !== 'other bot' && key !== row.account),
  );
}

function secondWay({ deps }: Step, row: OutboxRow, person: Person, account: Account): OutboxRow {
  const content = row.card ? { card: row.card, subject: row.subject ?? '' } : { message: row.message as Message };
  const to = { ...account, language: person.language, personId: person.id, epoch: person.epoch };
  const shownBy = row.glassId ? { glassId: row.glassId } : {};
  const fresh = {
    ...newRow(deps, to, lanes[row.lane] ?? 'routine', content),
    ...shownBy,
    isSecondWay: true,
    target: row.id,
  };
  const { isOfDay, createdAt } = row;
  return isOfDay ? { ...fresh, isOfDay, createdAt, dueAt: createdAt } : fresh;
}

/** The step this row belongs to reached nobody: the next one comes now. An owner who cannot even be asked does not have it. */
async function tellNext(step: Step, { card, subject, personId }: OutboxRow): Promise<void> {
  const { alerts } = step.deps.store;
  const alert = subject && (card === 'alert' || card === 'alert-asked') ? await alerts.get(subject) : undefined;
  if (!alert) return;
  const isAskedInVain = card === 'alert-asked' && alert.state === 'asked' && alert.ownerId === personId;
  const isRungInVain = card === 'alert' && alert.state === 'open' && isNextOf(alert, step, personId);
  if (!isAskedInVain && !isRungInVain) return;
  await alerts.save({ ...alert, nextStepAt: step.deps.now });
  await execute(step, escalateAlert, { actor: system, input: { alertId: alert.id as AlertId } });
}

/** Who was to be told is not of that step any more: it chooses again, now. */
export async function chooseAgain(step: Step, { subject, personId }: OutboxRow): Promise<void> {
  if (!subject || !personId) return;
  await execute(step, chooseAnew, { actor: system, input: { alertId: subject as AlertId, personId } });
}

/** On the widest ring the others have heard with this person; it goes on at once only when there was nobody else. */
function isNextOf(alert: Alert, { deps }: Step, personId: string | undefined): boolean {
  if (alert.step < ladder(alert.level, deps.settings).length - 1) return true;
  const last = alert.told.at(-1)?.at.getTime();
  const others = alert.told.filter((one) => one.at.getTime() === last && one.personId !== personId);
  return others.length === 0 && last !== deps.now.getTime();
}

/** The chat refuses this address: nothing more goes there until the person's next word. Whoever answers for them is told once. */
export async function markDead({ deps, tray }: Step, row: OutboxRow): Promise<void> {
  const { store } = deps;
  const person = row.personId && (await store.people.get(row.personId));
  const isThis = ({ channel, key }: Account) => channel === row.channel && key === row.account;
  if (!person?.accounts.some((account) => isThis(account) && !account.isDead)) return;
  const marked = await store.people.save({
    ...person,
    accounts: person.accounts.map((account) => (isThis(account) ? { ...account, isDead: true } : account)),
  });
  if (reachable(marked).length > 0) return;
  const known = await store.cases.ofPerson(person.id);
  const message: Message = {
    lines: [
      known
        ? phrase('people:notice.unreachable', { caseRef: known.number })
        : phrase('people:notice.staffUnreachable', { name: person.name }),
    ],
  };
  for (const to of await contactsOf(person.id, deps))
    tray.reactions.push({ do: 'tell', to, message, lane: 'waiting' }, { do: 'home', of: to });
}
