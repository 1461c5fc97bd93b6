import type { Update } from '@grammyjs/types';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import type { World } from '#core/world.ts';
import { pressingMark } from '../dialogue/words-of.ts';
import type { TelegramFixedLines } from './fixed-lines.ts';
import { incomingOf, laneOf } from './receive.ts';

/** Where updates of a bot are kept. */
export type Keeping = { world: World; botId: string | number; lines?: Pick<TelegramFixedLines, 'notKept' | 'kept'> };

/** A store that has not answered by then counts as away; what it may still write is the same items, stored once. */
const patienceMs = 1200;

/** Puts updates into the mailbox, raw and sealed, and wakes their lanes. Copies change nothing. Throws when the store is down: then none may be confirmed. */
export async function keepUpdates(updates: readonly Update[], { world, botId, lines }: Keeping): Promise<void> {
  if (updates.length === 0) return;
  const now = world.clock.wall();
  const items = updates.map((update) => itemOf(update, { world, botId }, now));
  try {
    await within(patienceMs, world.store.mailbox.insertMissing(items));
  } catch (error) {
    lines?.notKept(updates);
    throw error;
  }
  lines?.kept(updates, (update) => keyOf(update, botId));
  world.wake({ mailbox: [...new Set(items.map(({ lane }) => lane))] });
}

/** The store did not answer in time. */
export class StoreIsSlow extends Error {}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreIsSlow()), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const keyOf = ({ update_id: id }: Update, botId: Keeping['botId']) => `tg:${botId}:${id}`;

const itemOf = (update: Update, { world, botId }: Keeping, now: Date): MailboxItem => ({
  id: keyOf(update, botId),
  version: 0,
  channel: 'telegram',
  lane: laneOf(update, world.seal),
  order: update.update_id,
  receivedAt: now,
  state: 'waiting',
  attempts: 0,
  dueAt: now,
  ...pressingMark(() => incomingOf(update, { botId, botUsername: '', seal: world.seal })),
  body: update,
});
