import { isUrgent, type OutboxRow } from '#core/delivery/outbox.ts';
import { mostLooks } from '#core/delivery/outbox-store.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { inStep } from '#core/execute.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { moveAddress } from './address-moved.ts';
import { byAnotherWay, chooseAgain, markDead } from './another-way.ts';
import type { Delivering } from './deliver.ts';
import { splitAgain } from './parts.ts';

const retrySeconds = [1, 2, 5, 15, 60];
const lookSeconds = [2, 8, 20];
/** An urgent message that did not get out by then also takes another way. */
const patienceSeconds = 15;
/** A refused bot is tried again after so long; its rows wait. */
const shutSeconds = 60;
const mostPreparing = 12;

const isUrgentSend = (row: OutboxRow) => row.method === 'send' && isUrgent(row);

/** Records what came of an attempt and what follows from it (`delivery.md` 4). */
export async function settle(work: Delivering, row: OutboxRow, sent: Sent): Promise<void> {
  switch (sent.is) {
    case 'sent':
      return arrived(work.world, row, sent);
    case 'not_sent':
      return again(work.world, row, sent);
    case 'unknown':
      return unsure(work, row, sent.why);
    case 'refused':
      return refused(work, row, sent);
  }
}

/** A yes that comes late still counts: then no second copy is sent. */
async function arrived({ store, clock }: World, row: OutboxRow, sent: Extract<Sent, { is: 'sent' }>): Promise<void> {
  const { messageId, chatId } = sent;
  const fields = {
    state: 'sent' as const,
    sentAt: clock.wall(),
    ...(messageId ? { messageId } : {}),
    ...(chatId ? { chatId } : {}),
  };
  if (!(await store.outbox.settle(row, fields))) await store.outbox.settleLate(row, fields);
}

/** No byte went out: again after 1, 2, 5, 15, 60 s or as the chat said; what is urgent takes another way as well after 15 s. */
async function again(world: World, row: OutboxRow, sent: Extract<Sent, { is: 'not_sent' }>): Promise<void> {
  if (sent.split) return splitAgain(world, row, sent.split);
  const now = world.clock.wall();
  const seconds = waitFor(row, sent);
  const isLate = now.getTime() + seconds * 1000 > row.createdAt.getTime() + patienceSeconds * 1000;
  const fields = { state: 'not_sent' as const, dueAt: inSeconds(now, seconds), outcome: sent.why };
  if (sent.why === 'too early' || !isUrgentSend(row) || row.isPassedOn || !isLate)
    return void (await world.store.outbox.settle(row, fields));
  if (now.getTime() < row.createdAt.getTime() + patienceSeconds * 1000 && !sent.retryAfterSeconds)
    return void (await world.store.outbox.settle(row, { ...fields, dueAt: inSeconds(row.createdAt, patienceSeconds) }));
  await inStep(world, `late:${row.id}:${row.attempts}`, async (step) => {
    await step.deps.store.outbox.settle(row, { ...fields, isPassedOn: true });
    await byAnotherWay(step, row, { mayUse: 'other account' });
  });
}

const waitFor = ({ attempts }: OutboxRow, sent: Extract<Sent, { is: 'not_sent' }>): number =>
  sent.why === 'too early'
    ? 0.5
    : (sent.retryAfterSeconds ?? retrySeconds[Math.min(attempts - 1, retrySeconds.length - 1)] ?? 60);

/**
 * Bytes went out and no answer came. What only changes a look is repeated freely. A post is looked for where the chat can tell; where it cannot,
 * an urgent one goes once more, marked, and a routine one stays unknown and is listed.
 */
async function unsure({ world, findPosted }: Delivering, row: OutboxRow, why: string): Promise<void> {
  const now = world.clock.wall();
  const { outbox } = world.store;
  if (row.method !== 'send') return again(world, row, { is: 'not_sent', why });
  if (findPosted)
    return void (await outbox.settle(row, {
      state: 'unknown',
      outcome: why,
      looks: 0,
      dueAt: inSeconds(now, lookSeconds[0] ?? 2),
    }));
  if (!isUrgent(row)) return void (await outbox.settle(row, { state: 'unknown', outcome: why }));
  if (!row.isMarked)
    return void (await outbox.settle(row, {
      state: 'not_sent',
      isMarked: true,
      dueAt: inSeconds(now, 2),
      outcome: why,
    }));
  await inStep(world, `unsure:${row.id}:${row.attempts}`, async (step) => {
    await step.deps.store.outbox.settle(row, { state: 'unknown', outcome: why, isPassedOn: true });
    if (!row.isPassedOn) await byAnotherWay(step, row, { mayUse: 'other account' });
  });
}

/** Looks for an unsure post by the id it carries: found is sent; an urgent one that is absent goes once more, marked, any other after the last look. */
export async function lookFor({ world, findPosted }: Delivering, row: OutboxRow): Promise<void> {
  const { store, clock } = world;
  const looked = await findPosted?.(row.id, row.address).then(
    (posted) => ({ posted }),
    () => undefined,
  );
  const now = clock.wall();
  const looks = (row.looks ?? 0) + 1;
  if (looked?.posted)
    return void (await store.outbox.settleUnsure(row, { state: 'sent', sentAt: now, ...looked.posted }));
  if (isUrgent(row) && !row.isMarked)
    return void (await store.outbox.settleUnsure(row, { state: 'not_sent', isMarked: true, dueAt: now }));
  if (isUrgent(row) && !row.isPassedOn) return passUnsure(world, row, looks);
  if (looked && looks >= mostLooks)
    return void (await store.outbox.settleUnsure(row, { state: 'not_sent', dueAt: now, looks }));
  const isForgotten = row.createdAt < addMinutes(now, -60);
  await store.outbox.settleUnsure(row, nextLook(looked || isForgotten ? looks : (row.looks ?? 0), now));
}

/** Two copies and no answer: the next chat or person hears; the post is looked for once more all the same. */
const passUnsure = (world: World, row: OutboxRow, looks: number): Promise<void> =>
  inStep(world, `unsure:${row.id}:${row.attempts}`, async (step) => {
    await step.deps.store.outbox.settleUnsure(row, { ...nextLook(looks, step.deps.now), isPassedOn: true });
    await byAnotherWay(step, row, { mayUse: 'other account' });
  });

const nextLook = (looks: number, now: Date) => ({
  looks,
  dueAt: inSeconds(now, lookSeconds[Math.min(looks, lookSeconds.length - 1)] ?? 20),
});

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

const inSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
