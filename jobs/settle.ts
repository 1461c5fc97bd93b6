import { escalateAlert } from '#core/alerts/escalate-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { execute, inStep } from '#core/execute.ts';
import type { AlertId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import { reachable } from '#core/people/person.ts';
import type { World } from '#core/world.ts';
import type { Delivering } from './deliver.ts';

const retrySeconds = [1, 2, 5, 15, 60];
const isUrgent = (row: OutboxRow) => row.lane <= lanes.indexOf('urgent');

/** Records what came of an attempt and what follows from it (`delivery.md` 4). */
export async function settle(work: Delivering, row: OutboxRow, sent: Sent): Promise<void> {
  const { world } = work;
  const now = world.clock.wall();
  if (sent.is === 'sent')
    return void (await world.store.outbox.settle(row, {
      state: 'sent',
      sentAt: now,
      ...(sent.messageId ? { messageId: sent.messageId } : {}),
      ...(sent.chatId ? { chatId: sent.chatId } : {}),
    }));
  if (sent.is === 'not_sent') {
    const wait =
      sent.why === 'too early'
        ? 0.5
        : (sent.retryAfterSeconds ?? retrySeconds[Math.min(row.attempts - 1, retrySeconds.length - 1)] ?? 60);
    return void (await world.store.outbox.settle(row, {
      state: 'not_sent',
      dueAt: new Date(now.getTime() + wait * 1000),
      outcome: sent.why,
    }));
  }
  if (sent.is === 'unknown') return settleUnknown(work, row, sent.why);
  await world.store.outbox.settle(row, { state: 'refused', outcome: sent.why });
  if (sent.isAddressDead) await tellByAnotherWay(row, world);
}

/** Bytes went out and no answer came: an urgent message goes once more, marked; a routine one stays unknown and is listed. */
async function settleUnknown({ world, findPosted }: Delivering, row: OutboxRow, why: string): Promise<void> {
  const posted = await findPosted?.(row.id, row.address).catch(() => undefined);
  const now = world.clock.wall();
  if (posted) return void (await world.store.outbox.settle(row, { state: 'sent', sentAt: now, ...posted }));
  if (isUrgent(row) && !row.isMarked)
    return void (await world.store.outbox.settle(row, {
      state: 'not_sent',
      isMarked: true,
      dueAt: new Date(now.getTime() + 2000),
      outcome: why,
    }));
  await world.store.outbox.settle(row, { state: 'unknown', outcome: why });
}

/** The chat refuses this address: it is marked dead; the message goes to the person's other chat, an alert else to the next person, now. */
async function tellByAnotherWay(row: OutboxRow, world: World): Promise<void> {
  const { personId } = row;
  if (!personId) return;
  await inStep(world, `dead:${row.id}:${row.attempts}`, async (step) => {
    const { deps, tray } = step;
    const person = await deps.store.people.must(personId);
    const marked = await deps.store.people.save({
      ...person,
      accounts: person.accounts.map((account) =>
        account.channel === row.channel && account.key === row.account ? { ...account, isDead: true } : account,
      ),
    });
    const other = reachable(marked)[0];
    if (other && row.method === 'send') {
      const content = row.card ? { card: row.card, subject: row.subject ?? '' } : { message: row.message as never };
      tray.rows.push(
        newRow(
          deps,
          { ...other, language: marked.language, personId, epoch: marked.epoch },
          lanes[row.lane] ?? 'routine',
          content,
        ),
      );
      return;
    }
    if (row.card !== 'alert' || !row.subject) return;
    const alert = await deps.store.alerts.get(row.subject);
    if (alert?.state !== 'open') return;
    await deps.store.alerts.save({ ...alert, nextStepAt: deps.now });
    await execute(step, escalateAlert, { actor: system, input: { alertId: alert.id as AlertId } });
  });
}
