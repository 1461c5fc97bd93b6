import type { webApi } from '@slack/bolt';
import type { Arguments } from './arguments.ts';
import { as, channelOfBot, type Method, method, needChannelScope, needScope, page, visibleChannel } from './method.ts';
import { refuse } from './refusal.ts';
import { channelJson, messageJson } from './wire.ts';
import { type Channel, messageAt, openDirect, type StoredMessage, type World } from './world.ts';

/** https://docs.slack.dev/reference/methods/conversations.open */
const open = method<webApi.ConversationsOpenResponse>('im:write', (world, args) => {
  const channel = args.has('channel')
    ? visibleChannel(world, args.text('channel'))
    : directWith(world, args.text('users'));
  const whole = args.flag('return_im') ? channelJson(world, channel) : { id: channel.id };
  return { ok: true, channel: as(whole) };
});

function directWith(world: World, users: string): Channel {
  if (!users) return refuse('users_list_not_supplied');
  if (users.includes(',')) return refuse('method_not_supported_for_channel_type');
  const user = world.users.get(users) ?? refuse('user_not_found');
  return user.isDisabled ? refuse('user_disabled') : openDirect(world, user.id);
}

/**
 * https://docs.slack.dev/reference/methods/conversations.history : newest first, no replies, 100 by default, 999 at most;
 * oldest and latest are exclusive unless inclusive; metadata only with include_all_metadata.
 */
const history = method<webApi.ConversationsHistoryResponse>(null, (world, args) => {
  const channel = readable(world, args);
  const all = inRange(channel.messages, args).filter((one) => !one.threadTs || one.isBroadcast);
  const { items, next } = page(all.reverse(), args, 100);
  return { ok: true, messages: as(items.map((one) => shown(world, one, args))), ...paging(next), pin_count: 0 };
});

/** https://docs.slack.dev/reference/methods/conversations.replies : parent first, then oldest to newest. */
const replies = method<webApi.ConversationsRepliesResponse>(null, (world, args) => {
  const channel = readable(world, args);
  const asked = messageAt(channel, args.needed('ts'));
  if (!asked || asked.onlyFor) return refuse('thread_not_found');
  const parent = messageAt(channel, asked.threadTs ?? asked.ts) ?? asked;
  const rest = inRange(
    channel.messages.filter((one) => one.threadTs === parent.ts),
    args,
  );
  const { items, next } = page([parent, ...rest], args, 1000);
  return { ok: true, messages: as(items.map((one) => shown(world, one, args))), ...paging(next) };
});

const shown = (world: World, message: StoredMessage, args: Arguments) =>
  messageJson(world, message, args.flag('include_all_metadata'));

const paging = (next: string) => ({ has_more: next !== '', response_metadata: { next_cursor: next } });

function readable(world: World, args: Arguments): Channel {
  const channel = visibleChannel(world, args.needed('channel'));
  needChannelScope(world, channel, 'history');
  return channelOfBot(world, channel.id);
}

function inRange(messages: StoredMessage[], args: Arguments): StoredMessage[] {
  const oldest = bound(args, 'oldest', 0);
  const latest = bound(args, 'latest', Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive');
  return messages.filter(({ ts, onlyFor }) => {
    const at = Number(ts);
    return !onlyFor && (inclusive ? at >= oldest && at <= latest : at > oldest && at < latest);
  });
}

function bound(args: Arguments, name: 'oldest' | 'latest', otherwise: number): number {
  if (!args.has(name)) return otherwise;
  const value = Number(args.text(name));
  return Number.isFinite(value) ? value : refuse(`invalid_ts_${name}`);
}

/** https://docs.slack.dev/reference/methods/conversations.info */
const about = method<webApi.ConversationsInfoResponse>(null, (world, args) => {
  const channel = visibleChannel(world, args.needed('channel'));
  needChannelScope(world, channel, 'read');
  return { ok: true, channel: as(channelJson(world, channel)) };
});

/** https://docs.slack.dev/reference/methods/conversations.members */
const members = method<webApi.ConversationsMembersResponse>(null, (world, args) => {
  const channel = visibleChannel(world, args.needed('channel'));
  needChannelScope(world, channel, 'read');
  const { items, next } = page([...channel.members], args, 100);
  return { ok: true, members: items, response_metadata: { next_cursor: next } };
});

/** https://docs.slack.dev/reference/methods/conversations.list : public channels unless `types` says more. */
const list = method<webApi.ConversationsListResponse>(null, (world, args) => {
  const { items, next } = page(ofTypes(world, args), args, 100);
  return {
    ok: true,
    channels: as(items.map((one) => channelJson(world, one))),
    response_metadata: { next_cursor: next },
  };
});

/** https://docs.slack.dev/reference/methods/users.conversations : those the bot (or `user`) is in. */
const ofUser = method<webApi.UsersConversationsResponse>(null, (world, args) => {
  const user = args.text('user') || world.app.botUserId;
  if (user !== world.app.botUserId && !world.users.has(user)) refuse('user_not_found');
  const { items, next } = page(
    ofTypes(world, args).filter((one) => one.members.has(user)),
    args,
    100,
  );
  return {
    ok: true,
    channels: as(items.map((one) => channelJson(world, one))),
    response_metadata: { next_cursor: next },
  };
});

const scopeOf: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
};

function ofTypes(world: World, args: Arguments): Channel[] {
  const types = (args.text('types') || 'public_channel').split(',').map((one) => one.trim());
  for (const type of types) if (type !== 'mpim') needScope(world, scopeOf[type] ?? refuse('invalid_types'));
  const typeOf = (one: Channel) =>
    one.kind === 'direct' ? 'im' : one.isPrivate ? 'private_channel' : 'public_channel';
  return [...world.channels.values()].filter(
    (one) =>
      types.includes(typeOf(one)) &&
      (!one.isPrivate || one.members.has(world.app.botUserId)) &&
      !(one.isArchived && args.flag('exclude_archived')),
  );
}

export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.info': about,
  'conversations.members': members,
  'conversations.list': list,
  'users.conversations': ofUser,
};
