import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from './scene.ts';

/** Waits until it is true; says what did not come. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain until ${what}`);
    await sleep(20);
  }
}

/** Waits until nothing waits any more: updates fetched, mailbox empty, outbox without a row that may still go. */
export async function untilQuiet(scene: Scene, withinMs = 240_000): Promise<void> {
  let left: number[] = [];
  const isQuiet = async () => {
    left = await waiting(scene);
    return left.every((count) => count === 0);
  };
  await until('everything is done', isQuiet, withinMs).catch((error) => {
    const [updates, items, ...rows] = left;
    throw new Error(
      `${error.message}: ${updates} updates, ${items} items, rows ${rows} (pending, not sent, attempting)`,
    );
  });
}

const waiting = async ({ telegram, store }: Scene): Promise<number[]> => [
  telegram.pendingUpdates(),
  await store.mailbox.count({ state: 'waiting' }),
  await store.outbox.count({ state: 'pending' }),
  await store.outbox.count({ state: 'not_sent' }),
  await store.outbox.count({ state: 'attempting' }),
];
