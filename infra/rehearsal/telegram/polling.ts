import type { Update } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import type { Call } from './parameters.ts';
import { integerOf, jsonOf } from './parameters.ts';
import { conflict } from './refusal.ts';

/** A request that waits for the next update. */
export type Poll = { wake(): void; refuse(error: Error): void };

/** The server waits no longer: LONG_POLL_MAX_TIMEOUT of its source. */
const maxTimeoutSeconds = 50;

/** https://core.telegram.org/bots/api#getupdates: "This method will not work if an outgoing webhook is set up." */
export function getUpdates(memory: Memory, call: Call): Update[] | Promise<Update[]> {
  if (memory.webhook.url() !== '') {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const offset = integerOf(call, 'offset', 0);
  const limit = integerOf(call, 'limit', 100, 1, 100);
  const timeout = integerOf(call, 'timeout', 0, 0, maxTimeoutSeconds);
  allowUpdates(memory, call);
  endPoll(memory, conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
  const updates = memory.queue.take(offset, limit);
  if (updates.length > 0 || timeout === 0) return updates;
  return wait(memory, call, timeout, () => memory.queue.take(offset, limit));
}

/** "If not specified, the previous setting will be used." */
export function allowUpdates(memory: Memory, call: Call): void {
  const types = jsonOf(call, 'allowed_updates', 'allowed updates');
  if (Array.isArray(types)) memory.queue.allow(types.map(String));
}

/** Ends the waiting request, because another one or a webhook takes its place. */
export function endPoll(memory: Memory, error: Error): void {
  memory.poll?.refuse(error);
}

function wait(memory: Memory, call: Call, timeoutSeconds: number, take: () => Update[]): Promise<Update[]> {
  return new Promise((resolve, reject) => {
    let isWoken = false;
    const finish = (end: () => void) => {
      clearTimeout(timer);
      if (memory.poll === poll) memory.poll = null;
      end();
    };
    const timer = setTimeout(() => finish(() => resolve([])), timeoutSeconds * 1000);
    const poll: Poll = {
      /** A moment later, so that the parts of an album come together, as they do there. */
      wake() {
        if (isWoken) return;
        isWoken = true;
        setTimeout(() => memory.poll === poll && finish(() => resolve(take())), 2);
      },
      refuse: (error) => finish(() => reject(error)),
    };
    memory.poll = poll;
    call.whenGone(() => finish(() => resolve([])));
  });
}
