import type { OutboxRow } from '#core/delivery/outbox.ts';
import type { Step } from '#core/execute.ts';
import type { Store } from '#core/store.ts';

type Move = { of: OutboxRow; to: string };

/** A chat that moved has a new address: it is written everywhere, and the same row goes out again (`delivery.md` 4). */
export async function moveAddress({ deps: { store, now } }: Step, row: OutboxRow, to: string): Promise<void> {
  const move = { of: row, to };
  await store.outbox.settle(row, { state: 'not_sent', dueAt: now, address: to, outcome: 'moved' });
  await inWaitingRows(move, store);
  await inPerson(move, store);
  await inAlerts(move, store);
}

async function inWaitingRows({ of, to }: Move, { outbox }: Store): Promise<void> {
  for (const row of await outbox.ofAccount(of.channel, of.account))
    if ((row.state === 'pending' || row.state === 'not_sent') && row.address === of.address)
      await outbox.change(row.id, { state: row.state }, { address: to }, {}, row);
}

async function inPerson({ of, to }: Move, { people }: Store): Promise<void> {
  const person = of.personId && (await people.get(of.personId));
  if (!person) return;
  const accounts = person.accounts.map((one) =>
    one.channel === of.channel && one.address === of.address ? { ...one, address: to } : one,
  );
  await people.save({ ...person, accounts });
}

async function inAlerts({ of, to }: Move, { alerts }: Store): Promise<void> {
  const ofStrangers = await alerts.find({ state: { $ne: 'closed' }, strangerAccount: { $exists: true } });
  for (const alert of ofStrangers) {
    const { strangerAccount: account } = alert;
    if (account?.channel === of.channel && account.address === of.address)
      await alerts.save({ ...alert, strangerAccount: { ...account, address: to } });
  }
}
