import { isUrgent, type OutboxRow, sentTimes } from '#core/delivery/outbox.ts';
import { mostLooks } from '#core/delivery/outbox-store.ts';
import { inStep } from '#core/execute.ts';
import { laneOfAccount } from '#core/seal.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { byAnotherWay } from './another-way.ts';
import { keepFirst } from './arrived.ts';
import type { Delivering } from './deliver.ts';
import { inSeconds } from './in-seconds.ts';

const lookSeconds = [2, 8, 20];

/**
 * Bytes of a new message went out and no answer came. It is looked for where the chat can tell; where it cannot, an urgent one goes once more,
 * marked, and a routine one stays unknown and is listed.
 */
export async function unsure({ world, findPosted }: Delivering, row: OutboxRow, why: string): Promise<void> {
  const now = world.clock.wall();
  const { outbox } = world.store;
  const isToRepeat = !findPosted && isUrgent(row) && !row.isMarked;
  if (isToRepeat)
    return void (await outbox.settle(row, {
      state: 'not_sent',
      isMarked: true,
      dueAt: inSeconds(now, 2),
      outcome: why,
    }));
  await inStep(world, `unsure:${row.id}:${row.turns}:${row.attempts}`, async (step) => {
    const isToPass = !findPosted && isUrgent(row) && !row.isPassedOn;
    await step.deps.store.outbox.settle(row, {
      state: 'unknown',
      outcome: why,
      ...(findPosted ? { looks: 0, dueAt: inSeconds(now, lookSeconds[0] ?? 2) } : {}),
      ...(isToPass ? { isPassedOn: true } : {}),
    });
    await expectProof(world, row, step.deps.store.conversations);
    if (isToPass) await byAnotherWay(step, row, { mayUse: 'other account' });
  });
}

/** A pressed button of it would prove that it arrived: the talk with that account knows that it has to look. */
async function expectProof(
  { seal }: World,
  row: OutboxRow,
  conversations: World['store']['conversations'],
): Promise<void> {
  const talk = await conversations.get(laneOfAccount(seal, row.channel, row.account));
  if (talk && !talk.hasUnsure) await conversations.save({ ...talk, hasUnsure: true });
}

/** Looks for an unsure post by the id it carries: found is sent; an urgent one that is absent goes once more, marked, any other after the last look. */
export async function lookFor({ world, findPosted }: Delivering, row: OutboxRow): Promise<void> {
  const { outbox } = world.store;
  const looked = await findPosted?.(row.id, row.address).catch(() => undefined);
  const now = world.clock.wall();
  const looks = (row.looks ?? 0) + 1;
  const [first, ...spare] = looked ?? [];
  if (first && spare.length > 0)
    return inStep(world, `found:${row.id}:${row.attempts}`, (step) => keepFirst(step, row, first, spare));
  if (first) return void (await outbox.settleUnsure(row, { state: 'sent', ...sentTimes(row, now), ...first }));
  if (isUrgent(row) && !row.isMarked)
    return void (await outbox.settleUnsure(row, { state: 'not_sent', isMarked: true, dueAt: now }));
  if (isUrgent(row) && !row.isPassedOn) return passUnsure(world, row, looks);
  if (looked && looks >= mostLooks)
    return void (await outbox.settleUnsure(row, { state: 'not_sent', dueAt: now, looks }));
  const isForgotten = row.createdAt < addMinutes(now, -60);
  await outbox.settleUnsure(row, nextLook(looked || isForgotten ? looks : (row.looks ?? 0), now));
}

/** Two copies and no answer: the next chat or person hears; the post is looked for once more all the same. */
const passUnsure = (world: World, row: OutboxRow, looks: number): Promise<void> =>
  inStep(world, `pass-unsure:${row.id}:${row.attempts}`, async (step) => {
    await step.deps.store.outbox.settleUnsure(row, { ...nextLook(looks, step.deps.now), isPassedOn: true });
    await byAnotherWay(step, row, { mayUse: 'other account' });
  });

const nextLook = (looks: number, now: Date) => ({
  looks,
  dueAt: inSeconds(now, lookSeconds[Math.min(looks, lookSeconds.length - 1)] ?? 20),
});
