import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import { isProbe, probeTimer } from '#core/delivery/probe.ts';
import { inStep, type Step } from '#core/execute.ts';
import { isOutage } from '#core/outage.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { type After, handle } from './handle.ts';
import type { Incoming } from './incoming.ts';
import { park, parkUnread } from './park.ts';

export type MailboxWork = {
  world: World;
  /** Reads a stored body of this channel; pure. */
  read: (item: MailboxItem) => Incoming;
  /** Best effort after the commit: the toast of a tap. */
  after?: (incoming: Incoming, after: After) => void;
  /** A failure by id and code, never with content. */
  onError: (itemId: string, error: unknown) => void;
  /** Work has stopped: what waits stays where it is. */
  isHeld?: () => boolean;
  /** Runs something while no other lane of this process works. */
  alone?: <T>(run: () => Promise<T>) => Promise<T>;
  /** Waits for its turn among the other lanes: they share a few places, one item at a time. */
  inPlace?: <T>(run: () => Promise<T>) => Promise<T>;
};

const mostAttempts = 5;
/** After so many ends of its process an item runs alone; after so many more it is parked. */
const endsUntilAlone = 3;
const endsUntilParked = 25;

type Next = 'done' | 'last' | 'empty';

/**
 * Works on the waiting items of a lane, one step each, in order. The item is read, answered and marked done in one transaction: two workers on
 * one lane meet on the same item, one of them repeats and finds it done. After five failures an item is parked and the lane goes on.
 */
export async function workLane(work: MailboxWork, lane: string): Promise<void> {
  const { inPlace = (run) => run() } = work;
  while (!work.isHeld?.()) {
    const outcome = await inPlace(() => workNext(work, lane));
    if (outcome !== 'done') return;
  }
}

/** Each beginning is counted before it: an item that ends its process is known by that. A suspect is counted when its turn to run alone comes. */
async function workNext(work: MailboxWork, lane: string): Promise<Next> {
  if (!work.alone) return beginNext(work, lane);
  const { alone } = work;
  return beginNext(work, lane, () => alone(() => beginNext(work, lane)));
}

async function beginNext(work: MailboxWork, lane: string, inTurn?: () => Promise<Next>): Promise<Next> {
  const { world } = work;
  const mostEnds = inTurn && endsUntilAlone;
  const { begun, suspect, broken } = await world.store.mailbox.begin(lane, world.clock.wall(), mostEnds);
  if (broken) return parkedUnread(work, lane, broken);
  if (suspect && inTurn) return inTurn();
  if (!begun) return 'empty';
  const ends = (begun.starts ?? 1) - 1 - begun.attempts;
  return ends >= endsUntilParked ? parked(work, begun, 'ended its process') : attempt(work, begun);
}

/**
 * Works on the item as it was begun; a repeat of the step looks again whether it still comes first. `last`: nothing waited behind it when it was
 * looked at; what came since has its own wake-up.
 */
async function attempt(work: MailboxWork, begun: MailboxItem): Promise<Next> {
  const { world } = work;
  let current: MailboxItem | undefined = begun;
  let runs = 0;
  try {
    const done = await inStep(
      world,
      begun.id,
      async (step) => {
        const seen = runs++ === 0 ? { item: begun, isLast: false } : await firstAgain(step, begun);
        current = seen.item;
        if (!current) return undefined;
        const incoming = isProbe(current) ? undefined : work.read(current);
        const after = incoming ? await handle(step, incoming, current.receivedAt) : passOn(step, current);
        const { body: _, ...kept } = current;
        await step.deps.store.mailbox.save({
          ...kept,
          state: 'done',
          doneAt: step.deps.now,
          outcome: incoming?.kind ?? 'probe',
        });
        return { incoming, after, isLast: seen.isLast };
      },
      true,
    );
    if (!done) return await notBegun(work, begun.id);
    if (done.incoming) work.after?.(done.incoming, done.after);
    return done.isLast ? 'last' : 'done';
  } catch (error) {
    if (!current) throw error;
    work.onError(current.id, error);
    return setBack(work, current, error);
  }
}

/** The item as it stands now, if it is still the first of its lane that waits. */
async function firstAgain({ deps }: Step, { id, lane }: MailboxItem): Promise<{ item?: MailboxItem; isLast: boolean }> {
  const [first, next] = await deps.store.mailbox.waitingIn(lane, 2);
  return first?.id === id ? { item: first, isLast: !next } : { isLast: false };
}

/** The synthetic alert says nothing to anybody: it goes on to the timers. */
function passOn({ tray, deps }: Step, item: MailboxItem): After {
  tray.reactions.push(probeTimer(item, deps.now));
  return {};
}

/** Another worker did it, or something came before it: this beginning does not count. */
async function notBegun({ world }: MailboxWork, id: string): Promise<Next> {
  await world.store.mailbox.change(id, { state: 'waiting' }, {}, { starts: -1 });
  return 'done';
}

/**
 * Tries again a little later; an item that fails for good is parked, its person is told, the lane goes on. An outage is nobody's failure, but an item
 * that the database refuses again and again, minutes later still, is one that fails.
 */
async function setBack(work: MailboxWork, item: MailboxItem, error: unknown): Promise<Next> {
  const { mailbox } = work.world.store;
  const attempts = item.attempts + 1;
  const now = work.world.clock.wall();
  const dueAt = new Date(now.getTime() + attempts * 500);
  if (isOutage(error) && now < addMinutes(item.receivedAt, outageMinutes))
    await mailbox.change(item.id, { state: 'waiting' }, { dueAt }, { starts: -1 });
  else if (attempts >= mostAttempts) return parked(work, item, 'failed');
  else await mailbox.change(item.id, { state: 'waiting' }, { attempts, dueAt });
  return 'empty';
}

const outageMinutes = 5;

async function parkedUnread(work: MailboxWork, lane: string, id: string): Promise<Next> {
  work.onError(id, new Error('an item of the mailbox cannot be read and is parked'));
  await parkUnread(work, lane, id);
  return 'done';
}

async function parked(work: MailboxWork, item: MailboxItem, outcome: string): Promise<Next> {
  await park(work, item, outcome);
  return 'done';
}
