import { createHash } from 'node:crypto';
import type { Call } from './calls.ts';

export type Json = Record<string, unknown>;

/** A Block Kit block or element as the app sent it. */
export type Block = Json & { type: string; block_id?: string };

export type Clock = { now(): number };

/** Real time, not the city's clock: three seconds of a waiting person are not shortened by a jump of the clock. */
export type Pace = {
  /** Slack waits this long for an ack. */
  ackMs: number;
  /** Life of a `trigger_id`. */
  triggerMs: number;
  /** Waits before the 1st, 2nd, 3rd redelivery of an event, on the injected clock. */
  redeliverAfterMs: number[];
  /** How often due redeliveries are looked for. */
  lookEveryMs: number;
  /** WebSocket pings from the server. */
  pingMs: number;
  /** Time between a `disconnect` message and the end of that socket. */
  refreshMs: number;
};

export type SlackUser = {
  id: string;
  personId: string;
  name: string;
  realName: string;
  locale: string;
  email?: string;
  isDisabled: boolean;
  isOnline: boolean;
  /** channel id -> ts of the last message read. */
  lastRead: Map<string, string>;
};

export type Channel = {
  id: string;
  kind: 'channel' | 'direct';
  name: string;
  topic: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** User ids; the bot's own id is among them when it is in. */
  members: Set<string>;
  createdAt: number;
  messages: StoredMessage[];
};

export type Metadata = { event_type: string; event_payload: Json };

export type StoredMessage = {
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  isBot: boolean;
  text: string;
  blocks: Block[];
  attachments: Json[];
  files: string[];
  metadata?: Metadata;
  editedTs?: string;
  editedAt?: number;
  /** Set on an ephemeral message: only this person sees it. */
  onlyFor?: string;
  isBroadcast: boolean;
  /** Deleted, but its thread still stands. */
  isTombstone: boolean;
  reactions: { name: string; users: string[] }[];
  at: number;
};

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  createdAt: number;
  content: Buffer;
  channels: Set<string>;
  state: 'asked' | 'uploaded' | 'complete';
};

export type StoredView = {
  id: string;
  type: 'modal' | 'home';
  userId: string;
  given: Json;
  blocks: Block[];
  hash: string;
  rootId: string;
  previousId: string | null;
  externalId: string;
  /** block_id -> sentence, after `response_action: errors`. */
  errors: Record<string, string>;
};

/** What a person typed or picked: block_id -> action_id -> value as in `state.values`. */
export type Values = Record<string, Record<string, FieldValue>>;
export type FieldValue = Json & { type: string };

export type Trigger = { userId: string; bornAt: number; isUsed: boolean; viewId?: string };
export type ResponseUrl = { userId: string; channel: string; ts?: string; bornAt: number; uses: number };

export type World = {
  clock: Clock;
  pace: Pace;
  team: { id: string; name: string; domain: string };
  app: { id: string; botId: string; botUserId: string; botName: string; verificationToken: string };
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: Set<string>;
  /** Event types of the app's manifest, e.g. `message.im`. */
  subscriptions: Set<string>;
  users: Map<string, SlackUser>;
  channels: Map<string, Channel>;
  files: Map<string, StoredFile>;
  views: Map<string, StoredView>;
  /** user id -> view ids from root to top. */
  stacks: Map<string, string[]>;
  homes: Map<string, StoredView>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** What stands in the fields of a view or of a message as one person sees it, by `surfaceKey`. */
  values: Map<string, Values>;
  /** The options last offered for an external select, by action_id. */
  offers: Map<string, Json[]>;
  /** http://127.0.0.1:port */
  origin(): string;
  newTs(): string;
  newId(prefix: string): string;
  changed(userIds: Iterable<string>): void;
  /** Notes a message that came by no call of the Web API. */
  record(call: Call): void;
  /** Hands an event of the Events API to the app, if it is subscribed. */
  emit(event: Json & { type: string }): void;
};

/** Ids are capital letters and digits, unlike in each kind; seeded by a counter so that a run repeats exactly. */
export function idsOf(seed: string): (prefix: string) => string {
  let n = 0;
  return (prefix) =>
    prefix + createHash('sha256').update(`${seed}:${prefix}:${++n}`).digest('hex').slice(0, 10).toUpperCase();
}

/**
 * `ts` is a unique, rising id within the team, made of seconds and six digits.
 * https://docs.slack.dev/messaging/retrieving-messages/#individual_messages
 */
export function rising(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(clock.now() * 1000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}

/** The people who see a channel. */
export const membersOf = (channel: Channel, world: World): string[] =>
  [...channel.members].filter((id) => id !== world.app.botUserId);

export const directOf = (world: World, userId: string): Channel | undefined =>
  [...world.channels.values()].find((channel) => channel.kind === 'direct' && channel.members.has(userId));

/** The direct channel of the app and a person, made when missing. */
export function openDirect(world: World, userId: string): Channel {
  const known = directOf(world, userId);
  if (known) return known;
  const channel: Channel = {
    id: world.newId('D'),
    kind: 'direct',
    name: 'directmessage',
    topic: '',
    isPrivate: true,
    isArchived: false,
    members: new Set([world.app.botUserId, userId]),
    createdAt: world.clock.now(),
    messages: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export const messageAt = (channel: Channel, ts: string): StoredMessage | undefined =>
  channel.messages.find((message) => message.ts === ts);

export const surfaceKey = (userId: string, surface: string): string => `${userId} ${surface}`;
