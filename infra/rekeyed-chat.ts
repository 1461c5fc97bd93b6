import type { ChatPart } from './start-house.ts';

/** A chat whose token may change while it runs. */
export type RekeyedChat = { part: ChatPart; change(next: ChatPart): Promise<void> };

/**
 * A chat that another one of the same bot, with new secrets, may follow without a restart. What is under way ends with the old ones; all that comes
 * after goes by the new. Receiving stops and starts: what comes in that moment the chat brings again.
 */
export function rekeyedChat(first: ChatPart): RekeyedChat {
  let current = first;
  let isStarted = false;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    const mine = turn.then(run);
    turn = mine.catch(() => {});
    return mine;
  };
  return {
    part: {
      ...first,
      read: (item) => current.read(item),
      after: (incoming, after) => current.after?.(incoming, after),
      send: (delivery) => current.send(delivery),
      ...(first.findPosted
        ? { findPosted: async (rowId: string, address: string) => (await current.findPosted?.(rowId, address)) ?? [] }
        : {}),
      faults: () => current.faults?.() ?? [],
      download: (file, atMostBytes) => current.download(file, atMostBytes),
      start: () =>
        inTurn(async () => {
          await current.start();
          isStarted = true;
        }),
      stop: () =>
        inTurn(async () => {
          isStarted = false;
          await current.stop();
        }),
    },
    change: (next) =>
      inTurn(async () => {
        const before = current;
        current = next;
        if (!isStarted) return;
        await before.stop();
        await next.start();
      }),
  };
}
