import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { World } from '#core/world.ts';
import type { ChatPart } from './start-house.ts';

/** Lanes of the mailbox: one worker at a time on each in this process; other processes meet in the transaction. */
export function lanesOf(world: World, chats: ChatPart[], onError: MailboxWork['onError']) {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const workOf = (channel: string): MailboxWork | undefined => {
    const chat = chats.find((one) => one.channel === channel);
    return chat && { world, read: chat.read, onError, ...(chat.after ? { after: chat.after } : {}) };
  };
  const work = (lane: string): Promise<void> => {
    const known = running.get(lane);
    if (known) {
      again.add(lane);
      return known;
    }
    const chat = workOf(lane.split(':')[0] ?? '');
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
      const waiting = await world.store.mailbox.waiting(world.clock.wall());
      for (const lane of new Set(waiting.map((item) => item.lane))) void work(lane);
      return waiting.length;
    },
    async rest() {
      while (running.size > 0) await Promise.allSettled([...running.values()]);
    },
  };
}
