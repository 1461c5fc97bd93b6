import { newRow } from '#core/delivery/carry-out.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import { inStep } from '#core/execute.ts';
import { phrase } from '#core/phrase.ts';
import type { World } from '#core/world.ts';
import { type After, handle } from './handle.ts';
import type { Incoming } from './incoming.ts';

export type MailboxWork = {
  world: World;
  /** Reads a stored body of this channel; pure. */
  read: (item: MailboxItem) => Incoming;
  /** Best effort after the commit: the toast of a tap. */
  after?: (incoming: Incoming, after: After) => void;
  /** A failure by id and code, never with content. */
  onError: (itemId: string, error: unknown) => void;
};

const mostAttempts = 5;

/**
 * Works on the waiting items of a lane, one step each, in order. The item is read, answered and marked done in one transaction: two workers on
 * one lane meet on the same item, one of them repeats and finds it done. After five failures an item is parked and the lane goes on.
 */
export async function workLane(work: MailboxWork, lane: string): Promise<void> {
  for (;;) {
    const outcome = await workNext(work, lane);
    if (outcome !== 'done') return;
  }
}

/** `last`: nothing waited behind it when it was taken up; what came since has its own wake-up. */
async function workNext(work: MailboxWork, lane: string): Promise<'done' | 'last' | 'empty'> {
  const { world } = work;
  let current: MailboxItem | undefined;
  try {
    const done = await inStep(
      world,
      lane,
      async (step) => {
        const [first, next] = await step.deps.store.mailbox.waitingIn(lane, 2);
        current = first;
        if (!current || current.dueAt > step.deps.now) return undefined;
        step.key = current.id;
        const incoming = work.read(current);
        const after = await handle(step, incoming);
        const { body: _, ...kept } = current;
        await step.deps.store.mailbox.save({ ...kept, state: 'done', doneAt: step.deps.now, outcome: incoming.kind });
        return { incoming, after, isLast: !next };
      },
      true,
    );
    if (!done) return 'empty';
    work.after?.(done.incoming, done.after);
    return done.isLast ? 'last' : 'done';
  } catch (error) {
    if (!current) throw error;
    work.onError(current.id, error);
    return setBack(work, current);
  }
}

/** Tries again a little later; an item that fails for good is parked, its person is told, the lane goes on. */
async function setBack({ world, read }: MailboxWork, item: MailboxItem): Promise<'done' | 'empty'> {
  const attempts = item.attempts + 1;
  if (attempts < mostAttempts) {
    await world.store.mailbox.change(
      item.id,
      { state: 'waiting' },
      { attempts, dueAt: new Date(world.clock.wall().getTime() + attempts * 500) },
    );
    return 'empty';
  }
  await inStep(world, `parked:${item.id}`, async ({ tray, deps }) => {
    const incoming = read(item);
    const conversation = await deps.store.conversations.of(item.lane);
    await deps.store.mailbox.save({
      ...(await deps.store.mailbox.must(item.id)),
      state: 'parked',
      attempts,
      outcome: 'failed',
    });
    tray.rows.push(
      newRow(
        deps,
        { channel: item.channel, ...incoming.account, language: conversation?.language ?? 'uk', epoch: 0 },
        'waiting',
        { message: { lines: [phrase('errors:parked')] } },
      ),
    );
  });
  return 'done';
}
