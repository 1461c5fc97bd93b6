import type { OutboxRow } from '#core/delivery/outbox.ts';
import type { World } from '#core/world.ts';

/** Asked before each attempt: is it still theirs, is it still needed (`delivery.md` 4)? Gives why not. */
export async function whyNotNeeded(row: OutboxRow, world: World): Promise<'not needed' | 'superseded' | undefined> {
  if (await isCutOff(row, world)) return 'not needed';
  if (row.card !== 'alert' || row.method !== 'send') return undefined;
  const alert = await world.store.alerts.get(row.subject ?? '');
  if (!alert || alert.state === 'closed') return 'not needed';
  return (await isRungAgain(row, world)) ? 'superseded' : undefined;
}

/** Access was cut after the row was written. */
async function isCutOff({ personId, epoch }: OutboxRow, { store }: World): Promise<boolean> {
  if (!personId) return false;
  return (await store.people.get(personId))?.epoch !== epoch;
}

/** After a long silence of a chat only the newest ring of an alert buzzes, not every one that waited. */
async function isRungAgain(row: OutboxRow, { store }: World): Promise<boolean> {
  const waiting = await store.outbox.find({
    subject: row.subject,
    card: row.card,
    personId: row.personId,
    channel: row.channel,
    method: 'send',
    state: { $in: ['pending', 'not_sent'] },
    createdAt: { $gt: row.createdAt },
  });
  return waiting.some(({ account }) => account === row.account);
}
