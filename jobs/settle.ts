import { isUrgent, type OutboxRow } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { inStep } from '#core/execute.ts';
import type { World } from '#core/world.ts';
import { moveAddress } from './address-moved.ts';
import { byAnotherWay, chooseAgain, markDead } from './another-way.ts';
import { arrived } from './arrived.ts';
import type { Delivering } from './deliver.ts';
import { inSeconds } from './in-seconds.ts';
import { splitAgain } from './parts.ts';
import { unsure } from './unsure.ts';

const retrySeconds = [1, 2, 5, 15, 60];
/** An urgent message that did not get out by then also takes another way. */
const patienceSeconds = 15;
/** A refused bot is tried again after so long; its rows wait. */
export const shutSeconds = 60;
const mostPreparing = 12;

const isUrgentSend = (row: OutboxRow) => row.method === 'send' && isUrgent(row);

/** Records what came of an attempt and what follows from it (`delivery.md` 4). */
export async function settle(work: Delivering, row: OutboxRow, sent: Sent): Promise<void> {
  switch (sent.is) {
    case 'sent':
      return arrived(work, row, sent);
    case 'not_sent':
      return again(work.world, row, sent);
    case 'unknown':
      // What only changes a look is repeated freely.
      return row.method === 'send'
        ? unsure(work, row, sent.why)
        : again(work.world, row, { is: 'not_sent', why: sent.why });
    case 'refused':
      return refused(work, row, sent);
  }
}

/** No byte went out: again after 1, 2, 5, 15, 60 s or as the chat said; what is urgent takes another way as well after 15 s. */
async function again(world: World, row: OutboxRow, sent: NotSent): Promise<void> {
  if (sent.split) return splitAgain(world, row, sent.split);
  const now = world.clock.wall();
  const fields = { state: 'not_sent' as const, outcome: sent.why, ...tryAgainAt(row, sent, now) };
  const isLate = fields.dueAt.getTime() > row.createdAt.getTime() + patienceSeconds * 1000;
  if (sent.why === 'too early' || !isUrgentSend(row) || row.isPassedOn || !isLate)
    return void (await world.store.outbox.settle(row, fields));
  if (now.getTime() < row.createdAt.getTime() + patienceSeconds * 1000 && !sent.retryAfterSeconds)
    return void (await world.store.outbox.settle(row, { ...fields, dueAt: inSeconds(row.createdAt, patienceSeconds) }));
  await inStep(world, `late:${row.id}:${row.attempts}`, async (step) => {
    await step.deps.store.outbox.settle(row, { ...fields, isPassedOn: true });
    await byAnotherWay(step, row, { mayUse: 'other account' });
  });
}

type NotSent = Extract<Sent, { is: 'not_sent' }>;

/** When a row that was not sent goes again. */
export const tryAgainAt = (row: OutboxRow, sent: NotSent, now: Date): { dueAt: Date; wantedAt: Date } => ({
  dueAt: inSeconds(now, waitFor(row, sent)),
  wantedAt: row.wantedAt ?? row.dueAt,
});

const waitFor = ({ attempts }: OutboxRow, sent: NotSent): number =>
  sent.why === 'too early'
    ? 0.5
    : (sent.retryAfterSeconds ?? retrySeconds[Math.min(attempts - 1, retrySeconds.length - 1)] ?? 60);

/** The chat said no: what an urgent message must not stop at. */
async function refused(work: Delivering, row: OutboxRow, sent: Extract<Sent, { is: 'refused' }>): Promise<void> {
  const { world } = work;
  const { movedTo } = sent;
  const key = `refused:${row.id}:${row.turns}:${row.attempts}`;
  if (movedTo) return inStep(world, key, (step) => moveAddress(step, row, movedTo));
  if (sent.isBotShut) return botIsShut(work, row, sent.why, key);
  await inStep(world, key, async (step) => {
    await step.deps.store.outbox.settle(row, { state: 'refused', outcome: sent.why });
    if (sent.isAddressDead) await markDead(step, row);
    if (row.method !== 'send' || needsNobody(sent.why)) return;
    if (sent.why === 'not on duty') return chooseAgain(step, row);
    if (sent.isAddressDead || isUrgent(row))
      await byAnotherWay(step, row, { mayUse: sent.isAddressDead ? 'any account' : 'other account' });
  });
  if (isUrgentSend(row) && !isOurNo(sent.why))
    work.onError?.(row.id, new Error(`an urgent message was refused: ${sent.why}`));
}

const needsNobody = (why: string): boolean => why === 'over' || why === 'superseded';
const isOurNo = (why: string): boolean => needsNobody(why) || why === 'not needed' || why === 'not on duty';

/** Nothing of the bot's is lost: its rows wait for a new token; the urgent ones go by the other bot now. */
async function botIsShut({ world, onBotShut }: Delivering, row: OutboxRow, why: string, key: string): Promise<void> {
  onBotShut?.(why);
  await inStep(world, key, async (step) => {
    const dueAt = inSeconds(step.deps.now, shutSeconds);
    const isToPass = isUrgentSend(row) && !row.isPassedOn;
    await step.deps.store.outbox.settle(row, {
      state: 'not_sent',
      dueAt,
      outcome: why,
      ...(isToPass ? { isPassedOn: true } : {}),
    });
    if (isToPass) await byAnotherWay(step, row, { mayUse: 'other bot' });
  });
}

/** What could not be put together is tried like what could not be sent, but a routine one not for ever. */
export const notPrepared = ({ attempts }: OutboxRow): Sent =>
  attempts < mostPreparing
    ? { is: 'not_sent', why: 'cannot be prepared' }
    : { is: 'refused', why: 'cannot be prepared' };
