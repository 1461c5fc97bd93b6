import type { ViewOutput } from '@slack/bolt';
import { as } from './method.ts';
import type { Channel, Json, SlackUser, StoredFile, StoredMessage, StoredView, Values, World } from './world.ts';

/** How the things of the stand-in look on Slack's wire. Names of fields follow the objects of docs.slack.dev/reference/objects. */

const seconds = (ms: number) => Math.floor(ms / 1000);

/** https://docs.slack.dev/reference/objects/user-object */
export function userJson(world: World, user: SlackUser): Json {
  const email = user.email && world.scopes.has('users:read.email') ? { email: user.email } : {};
  return {
    id: user.id,
    team_id: world.team.id,
    name: user.name,
    deleted: user.isDisabled,
    real_name: user.realName,
    tz: 'Europe/Bucharest',
    is_bot: false,
    is_app_user: false,
    updated: 0,
    profile: { real_name: user.realName, display_name: user.name, team: world.team.id, ...email },
  };
}

export function botJson(world: World): Json {
  const { app, team } = world;
  return {
    id: app.botUserId,
    team_id: team.id,
    name: app.botName.toLowerCase(),
    deleted: false,
    real_name: app.botName,
    is_bot: true,
    is_app_user: false,
    updated: 0,
    profile: { real_name: app.botName, api_app_id: app.id, bot_id: app.botId, team: team.id },
  };
}

/** https://docs.slack.dev/reference/objects/conversation-object */
export function channelJson(world: World, channel: Channel): Json {
  const created = seconds(channel.createdAt);
  if (channel.kind === 'direct') {
    const user = [...channel.members].find((id) => id !== world.app.botUserId);
    return { id: channel.id, created, is_im: true, is_archived: false, user, is_user_deleted: isGone(world, user) };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_general: false,
    is_member: channel.members.has(world.app.botUserId),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

const isGone = (world: World, user: string | undefined) => !!user && !!world.users.get(user)?.isDisabled;

/** https://docs.slack.dev/reference/events/message ; an app's own message carries bot_id, app_id and bot_profile. */
export function messageJson(world: World, message: StoredMessage, withMetadata = false): Json {
  const { app, team } = world;
  const bot = { bot_id: app.botId, app_id: app.id, bot_profile: profile(world) };
  const channel = world.channels.get(message.channel);
  return {
    type: 'message',
    ...subtypeOf(message),
    user: message.user,
    ts: message.ts,
    ...(message.isBot ? bot : { client_msg_id: `client-${message.ts}` }),
    text: message.text,
    team: team.id,
    blocks: message.blocks.length > 0 ? message.blocks : richText(message),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: filesJson(world, message.files) } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...threadFields(channel, message),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((r) => ({ ...r, count: r.users.length })) }
      : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function subtypeOf({ files, isBroadcast, isTombstone }: StoredMessage): Json {
  if (isTombstone) return { subtype: 'tombstone', hidden: true };
  if (files.length > 0) return { subtype: 'file_share' };
  return isBroadcast ? { subtype: 'thread_broadcast' } : {};
}

const profile = ({ app, team }: World) => ({
  id: app.botId,
  app_id: app.id,
  name: app.botName,
  icons: {},
  deleted: false,
  updated: 0,
  team_id: team.id,
});

const filesJson = (world: World, ids: string[]) =>
  ids.flatMap((id) => {
    const file = world.files.get(id);
    return file ? [fileJson(world, file)] : [{ id, mode: 'tombstone' }];
  });

/** A text without blocks comes back with a rich_text block. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
function richText(message: StoredMessage): Json[] {
  if (!message.text) return [];
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] };
  return [{ type: 'rich_text', block_id: `r${message.ts.slice(-5)}`, elements: [section] }];
}

/** https://docs.slack.dev/messaging/retrieving-messages/#threading */
function threadFields(channel: Channel | undefined, message: StoredMessage): Json {
  if (message.threadTs) {
    const parent = channel?.messages.find((one) => one.ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = channel?.messages.filter((one) => one.threadTs === message.ts) ?? [];
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map((one) => one.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: latest.ts,
  };
}

/** https://docs.slack.dev/reference/objects/file-object */
export function fileJson(world: World, file: StoredFile): Json {
  const url = `${world.origin()}/files-pri/${world.team.id}-${file.id}/${encodeURIComponent(file.name)}`;
  const extension = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : '';
  return {
    id: file.id,
    created: seconds(file.createdAt),
    timestamp: seconds(file.createdAt),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    user: file.user,
    user_team: world.team.id,
    size: file.size,
    mode: 'hosted',
    file_access: 'visible',
    is_external: false,
    is_public: false,
    url_private: url,
    url_private_download: url,
    permalink: `${world.origin()}/files/${file.user}/${file.id}`,
    channels: [...file.channels].filter((id) => id.startsWith('C')),
    groups: [...file.channels].filter((id) => id.startsWith('G')),
    ims: [...file.channels].filter((id) => id.startsWith('D')),
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission-example */
export function viewJson(world: World, view: StoredView, values: Values = {}): ViewOutput {
  const { given } = view;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  return {
    id: view.id,
    team_id: world.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: text('private_metadata'),
    callback_id: text('callback_id'),
    state: { values: as(values) },
    hash: view.hash,
    title: (given.title as ViewOutput['title']) ?? { type: 'plain_text', text: world.app.botName, emoji: true },
    clear_on_close: given.clear_on_close === true,
    notify_on_close: given.notify_on_close === true,
    close: (given.close as ViewOutput['close']) ?? null,
    submit: (given.submit as ViewOutput['submit']) ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.app.id,
    external_id: view.externalId,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
  };
}
