import type { Wake, World } from '#core/world.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { type Dispatch, dispatcher } from '#jobs/dispatch.ts';
import type { ChatPart } from './start-house.ts';
import type { Leases } from './start-leases.ts';

/** The dispatchers of this process, one per chat. Each works while this process holds the lease of its bot. */
export type Delivery = {
  sweep(): Promise<number>;
  /** The same for each bot on its own. */
  rounds(): { name: string; run: () => Promise<number> }[];
  /** What is wrong with a bot, in words for an operator. */
  faults(): string[];
  hurry(rowId: string): void;
  /** Rows for a dispatcher of this process go to it directly; what is given back needs a job. */
  handOver(what: Wake): Wake;
  rest(): Promise<void>;
  stop(): Promise<void>;
};

type Own = { channel: ChatPart['channel']; dispatch: Dispatch; isOurs: () => boolean };

/** A refused bot is tried each minute; after two without a refusal it is well again. */
const shutMs = 120_000;
/** A gate that stays closed for so long is told to an operator. */
const longGateMs = 60_000;

/** Opens a dispatcher for each of these chats. */
export async function startDelivery(
  world: World,
  chats: ChatPart[],
  leases: Leases,
  onError: NonNullable<Delivering['onError']>,
  isHeld: () => boolean,
): Promise<Delivery> {
  const all: Own[] = [];
  const shutBots = new Map<string, { why: string; at: number }>();
  for (const chat of chats) {
    const hasLease = await leases.hold(`dispatcher:${chat.channel}`);
    const isOurs = () => hasLease() && !isHeld();
    const onBotShut = (why: string): void => {
      shutBots.set(chat.channel, { why, at: performance.now() });
      onError(chat.channel, new Error(`the bot is refused: ${why}`));
    };
    const work = { ...workOf(chat, world, onError), onBotShut };
    all.push({ channel: chat.channel, dispatch: dispatcher(work, chat.pace, isOurs), isOurs });
  }
  const ours = () => all.filter(({ isOurs }) => isOurs());
  return {
    async sweep() {
      let done = 0;
      for (const { dispatch } of ours()) done += await dispatch.sweep();
      return done;
    },
    rounds: () =>
      all.map(({ channel, dispatch, isOurs }) => ({
        name: `delivery-${channel}`,
        run: async () => (isOurs() ? dispatch.sweep() : 0),
      })),
    faults: () => [
      ...[...shutBots]
        .filter(([, { at }]) => performance.now() - at < shutMs)
        .map(([channel, { why }]) => `the ${channel} bot is refused: ${why}`),
      ...ours()
        .filter(({ dispatch }) => dispatch.closedFor(longGateMs) > 0)
        .map(({ channel }) => `${channel} holds messages back for over a minute`),
    ],
    hurry(rowId) {
      for (const { dispatch } of ours()) dispatch.hurry(rowId);
    },
    handOver: (what) => handOver(what, ours()),
    async rest() {
      for (const { dispatch } of all) await dispatch.rest();
    },
    async stop() {
      for (const { dispatch } of all) await dispatch.stop();
    },
  };
}

function handOver({ outbox = [], ...what }: Wake, ours: Own[]): Wake {
  for (const { dispatch } of ours) dispatch.take(outbox);
  const own = new Set(ours.map(({ channel }) => channel));
  return { ...what, outbox: outbox.filter(({ channel }) => !own.has(channel)) };
}

const workOf = (chat: ChatPart, world: World, onError: NonNullable<Delivering['onError']>): Delivering => ({
  world,
  channel: chat.channel,
  send: chat.send,
  ...(chat.split ? { split: chat.split } : {}),
  ...(chat.findPosted ? { findPosted: chat.findPosted } : {}),
  onError,
});
