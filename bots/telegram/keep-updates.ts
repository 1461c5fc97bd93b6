import type { Update } from '@grammyjs/types';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import type { World } from '#core/world.ts';
import { within } from '../dialogue/within.ts';
import { pressingMark } from '../dialogue/words-of.ts';
import type { TelegramFixedLines } from './fixed-lines.ts';
import { incomingOf } from './receive.ts';

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

const keyOf = ({ update_id: id }: Update, botId: Keeping['botId']) => `tg:${botId}:${id}`;

function itemOf(update: Update, { world, botId }: Keeping, now: Date): MailboxItem {
  const incoming = incomingOf(update, { botId, botUsername: '', seal: world.seal });
  return {
    id: keyOf(update, botId),
    version: 0,
    channel: 'telegram',
    lane: incoming.lane,
    order: update.update_id,
    receivedAt: now,
    state: 'waiting',
    attempts: 0,
    dueAt: now,
    ...pressingMark(incoming),
    body: update,
  };
}
