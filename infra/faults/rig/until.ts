import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from './scene.ts';

/** Waits until it is true; says what did not come. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain until ${what}`);
    await sleep(20);
  }
}

/** Waits until nothing waits any more: updates fetched, mailbox empty, outbox without a row that may still go. */
export async function untilQuiet(scene: Scene, withinMs = 60_000): Promise<void> {
  const { telegram, store } = scene;
  await until(
    'everything is done',
    async () =>
      telegram.pendingUpdates() === 0 &&
      (await store.mailbox.count({ state: 'waiting' })) === 0 &&
      (await store.outbox.count({ state: { $in: ['pending', 'not_sent', 'attempting'] } })) === 0,
    withinMs,
  );
}
