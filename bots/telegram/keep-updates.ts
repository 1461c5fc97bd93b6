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
    await within(patienceMs, insertAll(items, world));
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

/** All at once; only when one of them is there already, one by one. */
async function insertAll(items: MailboxItem[], { store }: World): Promise<void> {
  try {
    await store.mailbox.insertMany(items);
  } catch (error) {
    if (!isCopy(error)) throw error;
    for (const item of items) await insertNew(item, store);
  }
}

async function insertNew(item: MailboxItem, store: World['store']): Promise<void> {
  try {
    await store.mailbox.insert(item);
  } catch (error) {
    if (!isCopy(error)) throw error;
  }
}

/** Duplicate key, and nothing else went wrong: a copy together with a write that was not acknowledged is a failure. */
function isCopy(error: unknown): boolean {
  const { code, writeErrors, writeConcernErrors, result } = error as Failure;
  if (code !== 11000) return false;
  const concern = writeConcernErrors ?? result?.getWriteConcernError?.();
  return !concern && [writeErrors ?? []].flat().every((one) => one.code === 11000);
}
type Failure = {
  code?: number;
  writeErrors?: { code: number } | { code: number }[];
  writeConcernErrors?: unknown;
  result?: { getWriteConcernError?: () => unknown };
};
