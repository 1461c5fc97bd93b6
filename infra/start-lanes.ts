import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { World } from '#core/world.ts';
import { placesOf } from './places.ts';
import type { ChatPart } from './start-house.ts';

/**
 * So many items are worked on at once. Steps that write what is common (the next number of an alert) meet: with 8 a step runs twice,
 * with 200 none gets through (`recipes.md` 5).
 */
const mostAtOnce = 8;

/** Lanes of the mailbox: one worker at a time on each in this process; other processes meet in the transaction. Lanes take turns item by item. */
export function lanesOf(
  world: World,
  chats: ChatPart[],
  onError: MailboxWork['onError'],
  isHeld = (): boolean => false,
) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const places = placesOf(mostAtOnce);
  let busy = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Waits for the others and keeps them waiting: what ends the process ends it alone. */
  const alone = <T>(run: () => Promise<T>): Promise<T> => {
    busy -= 1;
    places.give();
    const mine = turn.then(async () => {
      while (busy > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return run();
    });
    turn = mine.catch(() => {}).then(() => (busy += 1));
    return mine.finally(places.take);
  };
  const inPlace = async <T>(run: () => Promise<T>): Promise<T> => {
    await places.take();
    return run().finally(places.give);
  };
  const workOf = (channel: string): MailboxWork | undefined => {
    const chat = chats.find((one) => one.channel === channel);
    return (
      chat && { world, read: chat.read, onError, alone, inPlace, isHeld, ...(chat.after ? { after: chat.after } : {}) }
    );
  };
  const inTurn = async (chat: MailboxWork, lane: string): Promise<void> => {
    await turn;
    busy += 1;
    await workLane(chat, lane).finally(() => {
      busy -= 1;
    });
  };
  const work = (lane: string): Promise<void> => {
    const known = running.get(lane);
    if (known) {
      again.add(lane);
      return known;
    }
    const chat = workOf(lane.split(':')[0] ?? '');
    if (!chat) return Promise.resolve();
    const run = inTurn(chat, lane)
      .catch((error) => onError(lane, error))
      .finally(() => {
        running.delete(lane);
        if (again.delete(lane)) void work(lane);
      });
    running.set(lane, run);
    return run;
  };
  return {
    work,
    async sweep() {
      const waiting = await world.store.mailbox.waitingLanes(world.clock.wall());
      for (const lane of waiting) void work(lane);
      return waiting.length;
    },
    async rest() {
      while (running.size > 0) await Promise.allSettled([...running.values()]);
    },
  };
}
