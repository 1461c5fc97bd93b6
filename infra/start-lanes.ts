import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { World } from '#core/world.ts';
import type { ChatPart } from './start-house.ts';

/** Lanes of the mailbox: one worker at a time on each in this process; other processes meet in the transaction. */
export function lanesOf(
  world: World,
  chats: ChatPart[],
  onError: MailboxWork['onError'],
  isHeld = (): boolean => false,
) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let busy = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Waits for the others and keeps them waiting: what ends the process ends it alone. */
  const alone = <T>(run: () => Promise<T>): Promise<T> => {
    busy -= 1;
    const mine = turn.then(async () => {
      while (busy > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return run();
    });
    turn = mine.catch(() => {}).then(() => (busy += 1));
    return mine;
  };
  const workOf = (channel: string): MailboxWork | undefined => {
    const chat = chats.find((one) => one.channel === channel);
    return chat && { world, read: chat.read, onError, alone, isHeld, ...(chat.after ? { after: chat.after } : {}) };
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
