import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { World } from '#core/world.ts';
import { placesOf } from './places.ts';
import type { ChatPart } from './start-house.ts';

/**
 * So many items are worked on at once. Steps that write what is common (the next number of an alert) meet: with 8 a step runs twice,
 * with 200 none gets through (`recipes.md` 5).
 */
const mostAtOnce = 8;

/**
 * Lanes of the mailbox: one worker at a time on each in this process; other processes meet in the transaction. Lanes take turns item by item; those
 * in which somebody may be in danger go before the others until that is done (`delivery.md` 7, 9 F31).
 */
export function lanesOf(
  world: World,
  chats: ChatPart[],
  onError: MailboxWork['onError'],
  isHeld = (): boolean => false,
) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let pressing = new Set<string>();
  const places = placesOf(mostAtOnce);
  let busy = 0;
  let alones = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Item by item, so that a long lane keeps nobody waiting who is to be alone, and they keep nobody longer than for one item. */
  const enter = async (lane: string): Promise<void> => {
    for (;;) {
      await turn;
      await places.take(() => pressing.has(lane));
      if (alones === 0) break;
      places.give();
    }
    busy += 1;
  };
  const leave = (): void => {
    busy -= 1;
    places.give();
  };
  const inPlaceOf =
    (lane: string) =>
    async <T>(run: () => Promise<T>): Promise<T> => {
      await enter(lane);
      return run().finally(leave);
    };
  /** Waits for the items under way and keeps the others waiting: what ends the process ends it alone. Called from within a place, which it gives back meanwhile. */
  const alone = <T>(run: () => Promise<T>): Promise<T> => {
    leave();
    alones += 1;
    const mine = turn.then(async () => {
      while (busy > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return run();
    });
    turn = mine.catch(() => {}).then(() => (alones -= 1));
    return mine.finally(async () => {
      await places.take();
      busy += 1;
    });
  };
  const workOf = (lane: string): MailboxWork | undefined => {
    const chat = chats.find(({ channel }) => lane.startsWith(`${channel}:`));
    if (!chat) return undefined;
    const { read, after } = chat;
    return { world, read, onError, alone, inPlace: inPlaceOf(lane), isHeld, ...(after ? { after } : {}) };
  };
  const work = (lane: string): Promise<void> => {
    const known = running.get(lane);
    if (known) {
      again.add(lane);
      return known;
    }
    const chat = workOf(lane);
    if (!chat) return Promise.resolve();
    const run = workLane(chat, lane)
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
      const { mailbox } = world.store;
      const now = world.clock.wall();
      const waiting = await mailbox.waitingLanes(now);
      pressing = new Set(waiting.length > mostAtOnce ? await mailbox.pressingLanes(now) : []);
      for (const lane of [...pressing, ...waiting.filter((one) => !pressing.has(one))]) void work(lane);
      return waiting.length;
    },
    async rest() {
      while (running.size > 0) await Promise.allSettled([...running.values()]);
    },
  };
}
