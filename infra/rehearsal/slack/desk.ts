import { isDeepStrictEqual } from 'node:util';
import type { DeskChannel, DeskMessage, DeskState } from '../shapes.ts';
import { elementsOf } from './block-rules.ts';
import { fieldValues } from './fields.ts';
import { stackOf } from './stack.ts';
import { viewJson } from './wire.ts';
import type { Block, Channel, Json, SlackUser, StoredMessage, StoredView, World } from './world.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** Everything one person sees of the workspace. */
export function deskOf(world: World, user: SlackUser, homeSeen: Block[]): DeskState {
  const mine = [...world.channels.values()].filter((channel) => channel.members.has(user.id) && !channel.isArchived);
  const channels = mine.map((channel) => channelOf(world, user, channel));
  const home = world.homes.get(user.id);
  return {
    personId: user.personId,
    userId: user.id,
    online: user.isOnline,
    team: { name: world.team.name },
    channels,
    messages: Object.fromEntries(mine.map((channel) => [channel.id, messagesOf(world, channel, user.id)])),
    home: home ? shown(world, home) : null,
    homeBadge: home ? unseenItems(home.blocks, homeSeen) : 0,
    modals: stackOf(world, user.id).map((view) => ({ viewId: view.id, view: shown(world, view), errors: view.errors })),
    users: namesOf(world),
    unread: channels.reduce((sum, channel) => sum + channel.unread, 0),
  };
}

/** With what the person typed so far in `state.values`. */
const shown = (world: World, view: StoredView): Json => ({
  ...viewJson(world, view, fieldValues(world, view.userId, view.id, view.blocks)),
});

function channelOf(world: World, user: SlackUser, channel: Channel): DeskChannel {
  const isDirect = channel.kind === 'direct';
  return {
    id: channel.id,
    name: isDirect ? world.app.botName : channel.name,
    kind: channel.kind,
    unread: unreadIn(channel, user),
    members: channel.members.size,
    topic: channel.topic,
    ...(isDirect ? { with: world.app.botUserId } : {}),
  };
}

/** Replies count in the direct channel only: elsewhere a thread does not light the channel up. */
function unreadIn(channel: Channel, user: SlackUser): number {
  const read = Number(user.lastRead.get(channel.id) ?? 0);
  return channel.messages.filter(
    (one) =>
      Number(one.ts) > read &&
      one.user !== user.id &&
      (!one.onlyFor || one.onlyFor === user.id) &&
      (channel.kind === 'direct' || !one.threadTs || one.isBroadcast),
  ).length;
}

export const messagesOf = (world: World, channel: Channel, viewer: string | undefined): DeskMessage[] =>
  channel.messages
    .filter((one) => !one.onlyFor || viewer === undefined || one.onlyFor === viewer)
    .map((one) => messageOf(world, one));

function messageOf(world: World, message: StoredMessage): DeskMessage {
  const files = message.files.flatMap((id) => world.files.get(id) ?? []);
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    isBot: message.isBot,
    isEphemeral: message.onlyFor !== undefined,
    text: message.text,
    blocks: message.blocks,
    at: iso(message.at),
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments.map(attachmentOf) } : {}),
    ...(files.length > 0 ? { files: files.map(({ id, name, mimetype, size }) => ({ id, name, mimetype, size })) } : {}),
    ...(message.editedAt === undefined ? {} : { editedAt: iso(message.editedAt) }),
  };
}

const attachmentOf = ({ color, blocks }: Json) => ({
  ...(typeof color === 'string' ? { color } : {}),
  ...(Array.isArray(blocks) ? { blocks: blocks as Block[] } : {}),
});

/** Items with something to press that were not there when the person last looked at the home. */
function unseenItems(blocks: Block[], seen: Block[]): number {
  const isOld = (block: Block) => seen.some((one) => isDeepStrictEqual(contentOf(one), contentOf(block)));
  return blocks.filter((block) => elementsOf(block).length > 0 && !isOld(block)).length;
}

const contentOf = (block: Block) => [block.text, elementsOf(block).map(({ text, value }) => [text, value])];

const namesOf = (world: World) => ({
  [world.app.botUserId]: world.app.botName,
  ...Object.fromEntries([...world.users.values()].map((user) => [user.id, user.realName])),
});
