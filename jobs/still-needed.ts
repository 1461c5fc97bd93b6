import { isStillChosen } from '#core/alerts/ring.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { newsOver } from './news-over.ts';

/** `over`: nobody has to hear of it. `not on duty`: somebody else has to, now. `superseded`: a newer ring of theirs waits. */
export type NotNeeded = 'not needed' | 'over' | 'not on duty' | 'superseded';

/** Asked before each attempt: is it still theirs, is it still needed, do they still belong to the step (`delivery.md` 4)? Gives why not. */
export async function whyNotNeeded(row: OutboxRow, world: World): Promise<NotNeeded | undefined> {
  if (await isCutOff(row, world)) return 'not needed';
  if (await isTakenBack(row, world)) return 'over';
  if (await hasGoneAnotherWay(row, world)) return 'superseded';
  if (row.method !== 'send') return undefined;
  if (row.card !== 'alert') return whyNoNews(row, world);
  const alert = await world.store.alerts.get(row.subject ?? '');
  if (!alert || alert.state === 'closed') return 'over';
  if (alert.ownerId && alert.ownerId !== row.personId) return 'over';
  if (await isRungAgain(row, world)) return 'superseded';
  if (alert.state !== 'open' || !row.personId) return undefined;
  const looks = { store: world.store, settings: await world.settings(), now: world.clock.wall() };
  return (await isStillChosen(row.personId, alert, looks)) ? undefined : 'not on duty';
}

/** Hours late, and the person has had it in their other chat long ago. */
async function hasGoneAnotherWay(row: OutboxRow, { store, clock, settings }: World): Promise<boolean> {
  if (!row.isPassedOn || !row.personId) return false;
  const { lateMinutes } = (await settings()).delivery.digest;
  if ((row.wantedAt ?? row.dueAt) > addMinutes(clock.wall(), -lateMinutes)) return false;
  const { id, personId } = row;
  return (await store.outbox.count({ personId, target: id, isSecondWay: true, state: 'sent' })) > 0;
}

/** Access was cut after the row was written. */
async function isCutOff({ personId, epoch }: OutboxRow, { store }: World): Promise<boolean> {
  if (!personId) return false;
  return (await store.people.get(personId))?.epoch !== epoch;
}

/** Why a card is no news any more: decided or read meanwhile, or a newer row says the same. */
export async function whyNoNews(row: OutboxRow, world: World): Promise<NotNeeded | undefined> {
  const isOver = newsOver[row.card ?? ''];
  if (!isOver || !row.subject) return undefined;
  if (await isOver(row.subject, row, world)) return 'over';
  return (await isRungAgain(row, world)) ? 'superseded' : undefined;
}

/** A foreign case is shown for the hour of its urgent access only. */
async function isTakenBack({ glassId, method }: OutboxRow, { store, clock }: World): Promise<boolean> {
  if (!glassId || method === 'delete') return false;
  const glass = await store.brokenGlass.get(glassId);
  return !glass || glass.until <= clock.wall();
}

/** After a long silence of a chat only the newest ring of an alert buzzes, and the newest news of one thing, not every one that waited. */
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
