import type { webApi } from '@slack/bolt';
import type { Arguments } from './arguments.ts';
import { contentOf, keep, metadataOf, newMessage, tellChange, tellDeletion } from './messages.ts';
import { as, type Method, method, visibleChannel } from './method.ts';
import { refuse } from './refusal.ts';
import { messageJson } from './wire.ts';
import { type Channel, membersOf, messageAt, openDirect, type StoredMessage, type World } from './world.ts';

type Posted = webApi.ChatPostMessageResponse;

/** https://docs.slack.dev/reference/methods/chat.postMessage : text 40,000; a user id opens the direct channel. */
const postMessage = method<Posted>('chat:write', (world, args) => {
  const channel = targetOf(world, args.needed('channel'));
  if (channel.isArchived) refuse('is_archived');
  const content = contentOf(world, args, 40_000);
  const metadata = metadataOf(args);
  const message = newMessage(world, channel, {
    user: world.app.botUserId,
    ...content,
    ...(metadata ? { metadata } : {}),
    ...threadOf(channel, args),
  });
  keep(world, channel, message);
  return { ok: true, channel: channel.id, ts: message.ts, message: as(messageJson(world, message, true)) };
});

/**
 * Writing to a person whose account is deactivated is accepted without an error: the history still exists.
 * https://github.com/slackapi/python-slack-sdk/issues/1156 (only conversations.open says user_disabled)
 */
function targetOf(world: World, id: string): Channel {
  if (world.users.has(id)) return openDirect(world, id);
  const byName = [...world.channels.values()].find((one) => one.kind === 'channel' && `#${one.name}` === id);
  const channel = visibleChannel(world, byName?.id ?? id);
  if (channel.members.has(world.app.botUserId) || world.scopes.has('chat:write.public')) return channel;
  return refuse('not_in_channel');
}

/**
 * A thread whose parent is gone is not refused: the reply lands in the channel, and the answer has no thread_ts
 * (https://github.com/slack-go/slack/issues/1571). A reply's own ts as thread_ts shows the message in both places
 * (https://github.com/slackapi/python-slack-sdk/issues/1116).
 */
function threadOf(channel: Channel, args: Arguments): Pick<StoredMessage, 'threadTs' | 'isBroadcast'> | undefined {
  const asked = args.has('thread_ts') ? messageAt(channel, args.text('thread_ts')) : undefined;
  if (!asked) return undefined;
  const isOfReply = asked.threadTs !== undefined;
  return { threadTs: asked.threadTs ?? asked.ts, isBroadcast: isOfReply || args.flag('reply_broadcast') };
}

/**
 * https://docs.slack.dev/reference/methods/chat.update : a channel id (no user id), own messages only, text 4,000.
 * Blocks not given stay only if no text is given either, else they are removed; attachments and metadata not given stay,
 * an empty list or object removes them. The `edited` mark comes with plain text only.
 */
const update = method<webApi.ChatUpdateResponse>('chat:write', (world, args) => {
  const { channel, message } = ownMessage(world, args, 'cant_update_message');
  if (channel.isArchived) refuse('is_inactive');
  const content = contentOf(world, args, 4000);
  const before = messageJson(world, message);
  message.text = args.has('text') ? content.text : message.text;
  if (args.has('blocks') || args.has('text')) message.blocks = content.blocks;
  if (args.has('attachments')) message.attachments = content.attachments;
  if (args.has('metadata')) replaceMetadata(message, args);
  if (message.blocks.length === 0) message.editedTs = world.newTs();
  message.editedAt = world.clock.now();
  const after = messageJson(world, message);
  tellChange(world, channel, before, after);
  world.changed(membersOf(channel, world));
  return { ok: true, channel: channel.id, ts: message.ts, text: message.text, message: as(after) };
});

function replaceMetadata(message: StoredMessage, args: Arguments) {
  const metadata = metadataOf(args);
  delete message.metadata;
  if (metadata) message.metadata = metadata;
}

function ownMessage(world: World, args: Arguments, otherwise: string) {
  const channel = visibleChannel(world, args.needed('channel'));
  const message = messageAt(channel, args.needed('ts'));
  if (!message || message.onlyFor) return refuse('message_not_found');
  if (!message.isBot) return refuse(otherwise);
  return { channel, message };
}

/** https://docs.slack.dev/reference/methods/chat.delete : the parent of a thread leaves a tombstone. */
const remove = method<webApi.ChatDeleteResponse>('chat:write', (world, args) => {
  const { channel, message } = ownMessage(world, args, 'cant_delete_message');
  const before = messageJson(world, message);
  if (channel.messages.some((one) => one.threadTs === message.ts)) bury(message);
  else channel.messages = channel.messages.filter((one) => one !== message);
  tellDeletion(world, channel, before);
  world.changed(membersOf(channel, world));
  return { ok: true, channel: channel.id, ts: message.ts };
});

function bury(message: StoredMessage) {
  const stone = { text: 'This message was deleted.', user: 'USLACKBOT', isBot: false, isTombstone: true };
  Object.assign(message, stone, { blocks: [], attachments: [], files: [], reactions: [] });
  delete message.metadata;
}

/** https://docs.slack.dev/reference/methods/chat.postEphemeral : only while the person is in the channel; never in history. */
const postEphemeral = method<webApi.ChatPostEphemeralResponse>('chat:write', (world, args) => {
  const onlyFor = args.needed('user');
  const channel = targetOf(world, args.needed('channel'));
  if (channel.isArchived) refuse('is_archived');
  if (!channel.members.has(onlyFor)) refuse('user_not_in_channel');
  const content = contentOf(world, args, 40_000);
  const message = newMessage(world, channel, {
    user: world.app.botUserId,
    onlyFor,
    ...content,
    ...threadOf(channel, args),
  });
  keep(world, channel, message);
  return { ok: true, message_ts: message.ts };
});

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
};
