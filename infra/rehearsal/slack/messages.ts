import type { MessageChangedEvent, MessageDeletedEvent } from '@slack/types';
import type { Arguments } from './arguments.ts';
import { blockProblems, isTooMuch, withIds } from './block-rules.ts';
import { as } from './method.ts';
import { refuse } from './refusal.ts';
import { isObject } from './rules.ts';
import { messageJson } from './wire.ts';
import {
  type Block,
  type Channel,
  type Json,
  type Metadata,
  membersOf,
  type StoredMessage,
  type World,
} from './world.ts';

type Content = { text: string; blocks: Block[]; attachments: Json[] };

/** What a message says, checked as chat.postMessage does. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export function contentOf(world: World, args: Arguments, textMax: number): Content {
  const text = args.text('text');
  const blocks = args.blocks() ?? [];
  const attachments = attachmentsOf(args);
  if (!text && blocks.length === 0 && attachments.length === 0) refuse('no_text');
  if (text.length > textMax) refuse('msg_too_long');
  checkBlocks(blocks, attachments);
  return { text, blocks: withIds(blocks, () => world.newId('b')), attachments: withAttachmentIds(world, attachments) };
}

function attachmentsOf(args: Arguments): Json[] {
  const attachments = args.json('attachments', 'invalid_attachments') ?? [];
  if (!Array.isArray(attachments) || !attachments.every(isObject)) return refuse('invalid_attachments');
  if (attachments.length > 100) refuse('too_many_attachments');
  return attachments;
}

function checkBlocks(blocks: Block[], attachments: Json[]) {
  const problems = blockProblems(blocks, 'message');
  if (problems.length > 0) refuse('invalid_blocks', { errors: problems, response_metadata: { messages: problems } });
  const inside = attachments.map((attachment, n) =>
    blockProblems(attachment.blocks ?? [], 'message', `/attachments/${n}/blocks`),
  );
  if (inside.flat().length > 0) refuse('invalid_attachments', { response_metadata: { messages: inside.flat() } });
  if (isTooMuch(blocks)) refuse('msg_blocks_too_long');
}

const withAttachmentIds = (world: World, attachments: Json[]): Json[] =>
  attachments.map((attachment, n) => ({
    id: n + 1,
    fallback: '[no preview available]',
    ...attachment,
    ...(attachment.blocks ? { blocks: withIds(attachment.blocks as Block[], () => world.newId('b')) } : {}),
  }));

/** https://docs.slack.dev/messaging/message-metadata : event_type and event_payload, both needed, 16 kB. */
export function metadataOf(args: Arguments): Metadata | undefined {
  const metadata = args.json('metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) return refuse('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return undefined;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || !/^[A-Za-z0-9_-]{1,255}$/.test(type)) refuse('invalid_metadata_format');
  if (!isObject(payload)) refuse('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > 16_000) refuse('metadata_too_large');
  return metadata as Metadata;
}

export const newMessage = (
  world: World,
  channel: Channel,
  from: Partial<StoredMessage> & { user: string },
): StoredMessage => ({
  channel: channel.id,
  ts: world.newTs(),
  isBot: from.user === world.app.botUserId,
  text: '',
  blocks: [],
  attachments: [],
  files: [],
  isBroadcast: false,
  isTombstone: false,
  reactions: [],
  at: world.clock.now(),
  ...from,
});

/** Keeps a message and tells the app about it, its own ones too (with bot_id). */
export function keep(world: World, channel: Channel, message: StoredMessage): void {
  channel.messages.push(message);
  if (!message.onlyFor) tellMessage(world, channel, messageJson(world, message));
  world.changed(message.onlyFor ? [message.onlyFor] : membersOf(channel, world));
}

/**
 * A message event goes out for channels the bot is in, with channel_type.
 * https://docs.slack.dev/reference/events/message.im , message.channels, message.groups
 */
function tellMessage(world: World, channel: Channel, message: Json): void {
  if (!channel.members.has(world.app.botUserId)) return;
  const type = channel.kind === 'direct' ? 'im' : channel.isPrivate ? 'group' : 'channel';
  world.emit({ ...message, type: 'message', channel: channel.id, event_ts: message.ts, channel_type: type });
}

/** What `tellMessage` adds to each event is left out here. */
type Told<E> = Omit<E, 'type' | 'channel' | 'event_ts' | 'channel_type'>;

/** https://docs.slack.dev/reference/events/message/message_changed : hidden, with the message before and after. */
export function tellChange(world: World, channel: Channel, before: Json, after: Json): void {
  const event: Told<MessageChangedEvent> = {
    subtype: 'message_changed',
    hidden: true,
    ts: world.newTs(),
    message: as(after),
    previous_message: as(before),
  };
  tellMessage(world, channel, { ...event });
}

/** https://docs.slack.dev/reference/events/message/message_deleted */
export function tellDeletion(world: World, channel: Channel, before: Json): void {
  const event: Told<MessageDeletedEvent> = {
    subtype: 'message_deleted',
    hidden: true,
    ts: world.newTs(),
    deleted_ts: String(before.ts),
    previous_message: as(before),
  };
  tellMessage(world, channel, { ...event });
}
