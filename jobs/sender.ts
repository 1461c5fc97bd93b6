import { isUrgent, type OutboxHead } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { addMinutes } from '#core/time.ts';
import type { Delivering } from './deliver.ts';
import type { floodsOf } from './floods.ts';
import type { Gates } from './gates.ts';
import type { Pace, paceOf } from './pace.ts';
import { underWay } from './under-way.ts';
import type { waitingRows } from './waiting-rows.ts';

type Sending = {
  send: (row: OutboxHead) => Promise<Sent | undefined>;
  work: Delivering;
  speed: Pace;
  pace: ReturnType<typeof paceOf>;
  waiting: ReturnType<typeof waitingRows>;
  gates: Gates;
  floods: ReturnType<typeof floodsOf>;
  foldMinutes: () => number;
  isOurs: () => boolean;
};

/** While rows wait for pace or a gate it is looked again after so long. */
const lookAgainMs = 25;

/** Takes what waits and may leave, as far as pace, gates and busy chats let it. */
export function senderOf({ send, work, speed, pace, waiting, gates, floods, foldMinutes, isOurs }: Sending) {
  const chats = underWay();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const isRoomFor = (lane: number): boolean => {
    const room = gates.isTrying() ? 1 : isUrgent({ lane }) ? speed.atOnce : speed.atOnce - speed.kept;
    return chats.size() < room && pace.isEnoughFor(lane) && gates.isBotOpen();
  };
  const isFree = (head: OutboxHead): boolean =>
    !chats.has(head.address) && !floods.isHeld(head) && pace.isChatReady(head) && gates.isOpen(head);

  /** Starts what may start, the most pressing lane first; what has to wait is looked at again when a row is done. */
  const startAll = (): number => {
    clearTimeout(timer);
    if (isStopped || !isOurs()) waiting.clear();
    pace.refill();
    let started = 0;
    for (let next = waiting.next(isRoomFor, isFree); next; next = waiting.next(isRoomFor, isFree)) {
      start(next);
      started += 1;
    }
    if (waiting.size() > 0) timer = setTimeout(startAll, Math.max(lookAgainMs, gates.botOpensIn())).unref();
    return started;
  };

  const start = (row: OutboxHead): void => {
    pace.take(row);
    void chats
      .begin(row.address, () => attempt(row).catch((error) => work.onError?.(row.id, error)))
      .then(() => waiting.size() > 0 && startAll());
  };

  const attempt = async (row: OutboxHead): Promise<void> => {
    const sent = await send(row);
    if (sent?.is === 'not_sent' && sent.retryAfterSeconds)
      return gates.close(row, sent.retryAfterSeconds, sent.isOfMethod);
    if (sent?.is === 'sent') floods.begin(row, addMinutes(work.world.clock.wall(), foldMinutes()));
    if (sent) gates.passed();
  };

  return {
    startAll,
    size: chats.size,
    rest: chats.rest,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
