import type { Arguments } from './arguments.ts';
import { refuse } from './refusal.ts';
import type { Channel, World } from './world.ts';

/** One method of the Web API. `scope` is what the bot token must have; null = none. */
export type Method = {
  scope: string | null;
  token: 'bot' | 'app';
  run(world: World, args: Arguments): object;
};

/** `R` is the vendor's own type of the answer. */
export function method<R extends object>(scope: string | null, run: (world: World, args: Arguments) => R): Method {
  return { scope, token: 'bot', run };
}

/** Parts built as plain JSON, given the vendor's type. */
export const as = <T>(value: unknown): T => value as T;

/** https://docs.slack.dev/authentication/installing-with-oauth/#errors : missing_scope says needed and provided. */
export function needScope(world: World, scope: string): void {
  if (!world.scopes.has(scope)) refuse('missing_scope', { needed: scope, provided: [...world.scopes].join(',') });
}

const family = { history: ['channels', 'groups', 'im'], read: ['channels', 'groups', 'im'] } as const;

/** The scope of a conversation method follows the kind of conversation. https://docs.slack.dev/apis/web-api/using-the-conversations-api */
export function needChannelScope(world: World, channel: Channel, right: keyof typeof family): void {
  const [open, closed, direct] = family[right];
  needScope(world, `${channel.kind === 'direct' ? direct : channel.isPrivate ? closed : open}:${right}`);
}

/** A private channel without the bot does not exist for it. */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel || (channel.isPrivate && !channel.members.has(world.app.botUserId))) return refuse('channel_not_found');
  return channel;
}

export function channelOfBot(world: World, id: string): Channel {
  const channel = visibleChannel(world, id);
  return channel.members.has(world.app.botUserId) ? channel : refuse('not_in_channel');
}

/** Cursor paging: https://docs.slack.dev/apis/web-api/pagination */
export function page<T>(all: T[], args: Arguments, standard: number): { items: T[]; next: string } {
  const limit = args.number('limit', standard) || standard;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) refuse('invalid_limit');
  const start = args.has('cursor') ? place(args.text('cursor')) : 0;
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '' };
}

function place(cursor: string): number {
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return found ? Number(found[1]) : refuse('invalid_cursor');
}
