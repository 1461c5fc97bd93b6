import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '@grammyjs/types';
import { type Api, GrammyError } from 'grammy';
import { type Keeping, keepUpdates } from './keep-updates.ts';
import { apiOn, type TelegramLine } from './line.ts';

export type Fetching = TelegramLine &
  Keeping & {
    /** Somebody else uses this token: a person should know. */
    onAlarm: (why: 'second poller' | 'a webhook was set') => void;
    /** A fetch or the store failed and is tried again. */
    onError?: (error: unknown) => void;
    /** Milliseconds to wait after failures and after a conflict, ten times as long at most while the store is away; tests shorten them. */
    pauses?: { firstMs: number; mostMs: number; conflictMs: number };
  };

/** What we ask for, in every call: the server remembers the last answer otherwise. */
export const wantedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const satisfies (keyof Update)[];

const usual = { firstMs: 200, mostMs: 5000, conflictMs: 3000 };

/**
 * Fetches updates until it is stopped: ask, store with majority, only then confirm by asking for the next (`recipes.md` 2). Nothing is confirmed
 * that is not stored; what was stored and not confirmed comes again and changes nothing. While the store is away it asks as often as ever: whoever
 * writes then has to be told. But whoever meets another poller then lets it go first, longer each time: that one can store. One poller a bot: the
 * caller holds its lease.
 */
export function fetchUpdates(fetching: Fetching): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = loop(fetching, stopping.signal);
  return {
    stop() {
      stopping.abort();
      return done;
    },
  };
}

async function loop(fetching: Fetching, signal: AbortSignal): Promise<void> {
  const api = apiOn(fetching, 40);
  const { firstMs, mostMs, conflictMs } = fetching.pauses ?? usual;
  let isPolling = false;
  let isStored = true;
  let offset = 0;
  let backOffMs = firstMs;
  let givenWayMs = conflictMs;
  while (!signal.aborted) {
    try {
      if (!isPolling) await api.deleteWebhook(undefined, signal as never);
      isPolling = true;
      const updates = await ask(api, offset, signal);
      if (!isStored) fetching.lines?.notKept(updates);
      isStored = false;
      await keepUpdates(updates, fetching);
      isStored = true;
      offset = nextOffset(updates) ?? offset;
      backOffMs = firstMs;
    } catch (error) {
      if (signal.aborted) return;
      const conflict = conflictOf(error);
      if (conflict) fetching.onAlarm(conflict);
      if (conflict === 'second poller')
        givenWayMs = (await isStoreThere(fetching)) ? conflictMs : Math.min(givenWayMs * 2, conflictMs * 10);
      const told = waitFor(error, givenWayMs);
      if (told === undefined) fetching.onError?.(error);
      if (conflict === 'a webhook was set') isPolling = false;
      await sleep(told ?? (isStored ? backOffMs : firstMs), undefined, { signal }).catch(() => {});
      if (told === undefined) backOffMs = Math.min(backOffMs * 2, mostMs);
    }
  }
}

/** It answers a look. Cut off from it we may still fetch; whoever fetches beside us then holds the lease and can store. */
const isStoreThere = ({ world }: Fetching): Promise<boolean> =>
  world.store.mailbox.get('').then(
    () => true,
    () => false,
  );

const ask = (api: Api, offset: number, signal: AbortSignal): Promise<Update[]> =>
  api.getUpdates({ offset, limit: 100, timeout: 25, allowed_updates: wantedUpdates }, signal as never);

const nextOffset = (updates: Update[]): number | undefined => {
  const last = updates.at(-1);
  return last && last.update_id + 1;
};

/** How long the answer itself tells us to wait, in milliseconds: such a wait is never doubled. */
function waitFor(error: unknown, conflictMs: number): number | undefined {
  if (!(error instanceof GrammyError)) return undefined;
  if (error.error_code === 409) return conflictMs;
  return error.error_code === 429 ? (error.parameters.retry_after ?? 1) * 1000 : undefined;
}

function conflictOf(error: unknown): 'second poller' | 'a webhook was set' | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 409) return undefined;
  return /webhook/i.test(error.description) ? 'a webhook was set' : 'second poller';
}
