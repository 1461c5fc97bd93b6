import type { World } from '#core/world.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { within } from '../dialogue/within.ts';
import { pressingMark } from '../dialogue/words-of.ts';
import type { Keep } from './keeping.ts';
import { keyOf, laneOf } from './keys.ts';
import type { SlackBody } from './payload.ts';
import { incomingOf } from './receive.ts';

/** Slack waits three seconds for an ack; a store that takes longer counts as away. */
const longestMs = 2500;

/** The very request that was taken before, signature and all: somebody recorded it. Slack signs anew what it brings again. */
export class Replayed extends Error {}

export type Kept = {
  onKept?: (body: SlackBody, key: string, lane: string) => void;
  onNotKept?: (body: SlackBody) => void;
};

/**
 * Puts a body into the mailbox, sealed, and wakes its lane. A body that is known already is stored: Slack may forget it. What nobody will
 * read (our own echoes, other bots, what people say to one another in channels) is not kept at all.
 */
export function keepIn(world: World, { onKept, onNotKept }: Kept = {}): Keep {
  let last = 0;
  /** Order of arrival, rising also within one millisecond. */
  const nextOrder = (at: Date) => (last = Math.max(last + 0.001, at.getTime()));

  return async (body, signature) => {
    const key = keyOf(body, world.seal);
    const incoming = readable(body, world);
    if (!key || (incoming && !isForUs(incoming))) return;
    const lane = laneOf(body, world.seal);
    const now = world.clock.wall();
    const item = {
      id: key,
      version: 0,
      channel: 'slack' as const,
      lane,
      order: nextOrder(now),
      receivedAt: now,
      state: 'waiting' as const,
      attempts: 0,
      dueAt: now,
      ...pressingMark(incoming),
      body,
      ...(signature ? { nonce: signature } : {}),
    };
    try {
      await within(longestMs, world.store.mailbox.insert(item));
    } catch (error) {
      if (isKnownAlready(error)) return refuseReplay(error, item, world);
      onNotKept?.(body);
      throw error;
    }
    world.wake({ mailbox: [lane] });
    onKept?.(body, key, lane);
  };
}

/** A body that cannot be read here is kept: the worker parks it, and somebody looks. */
function readable(body: SlackBody, { seal }: World): Incoming | undefined {
  try {
    return incomingOf(body, { seal });
  } catch {
    return undefined;
  }
}

const isForUs = (incoming: Incoming): boolean =>
  incoming.kind === 'elsewhere' ? incoming.isAddressed : incoming.kind !== 'ignored';

async function refuseReplay(error: unknown, { id, nonce }: { id: string; nonce?: string }, { store }: World) {
  if (nonce === undefined) return;
  const isOfNonce = 'nonce' in ((error as { keyPattern?: object }).keyPattern ?? {});
  if (isOfNonce || (await store.mailbox.get(id))?.nonce === nonce) throw new Replayed();
}

const isKnownAlready = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000;
