import type { BlockAction } from '@slack/bolt';
import { elementsOf } from './block-rules.ts';
import { fieldValues } from './fields.ts';
import { as } from './method.ts';
import { stackOf } from './stack.ts';
import { messageJson, viewJson } from './wire.ts';
import type { Block, Channel, Json, SlackUser, StoredMessage, StoredView, World } from './world.ts';

export type MessageRef = { channel: string; ts: string };
/** A message, the App Home, or a modal by its view id. */
export type Target = MessageRef | 'home' | (string & {});

export type Surface = { key: string; blocks: Block[] } & (
  | { kind: 'message'; message: StoredMessage; channel: Channel }
  | { kind: 'view'; view: StoredView }
);

/** What the person has before their eyes; what they cannot see cannot be touched and throws. */
export function surfaceOf(world: World, user: SlackUser, target: Target): Surface {
  if (typeof target !== 'string') return messageSurface(world, user, target);
  const view = target === 'home' ? world.homes.get(user.id) : topModal(world, user, target);
  if (!view) throw new Error(`${user.name} has no ${target} open`);
  return { kind: 'view', key: view.id, blocks: view.blocks, view };
}

function topModal(world: World, user: SlackUser, viewId: string): StoredView | undefined {
  const top = stackOf(world, user.id).at(-1);
  if (top && top.id !== viewId) throw new Error(`${viewId} is not the modal on top, ${top.id} is`);
  return top;
}

function messageSurface(world: World, user: SlackUser, { channel: id, ts }: MessageRef): Surface {
  const channel = world.channels.get(id);
  const message = channel?.messages.find((one) => one.ts === ts);
  const isVisible = channel?.members.has(user.id) && (!message?.onlyFor || message.onlyFor === user.id);
  if (!channel || !message || !isVisible) throw new Error(`${user.name} does not see ${id} ${ts}`);
  const inside = message.attachments.flatMap((attachment) => (attachment.blocks ?? []) as Block[]);
  return { kind: 'message', key: `${id}/${ts}`, blocks: [...message.blocks, ...inside], message, channel };
}

export type Found = { block: Block; element: Json };

/** An element by its action_id, its words, the label or id of its input block. None or two throw. */
export function find(surface: Surface, what: string): Found {
  const all = surface.blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const exact = all.filter(({ element }) => element.action_id === what);
  const found = exact.length > 0 ? exact : all.filter((one) => names(one).includes(what));
  const [only] = found;
  if (only && found.length === 1) return only;
  const seen = all.flatMap(names).join(' | ');
  throw new Error(`${found.length} elements are called "${what}"; here stand: ${seen}`);
}

function names({ block, element }: Found): string[] {
  const texts = [element.text, block.label, element.placeholder] as (Json | undefined)[];
  return [...texts.flatMap((text) => (typeof text?.text === 'string' ? [text.text] : [])), String(block.block_id)];
}

type Where = Pick<BlockAction, 'container' | 'view' | 'channel' | 'message' | 'state'>;

/** The part of a payload that says where something was done. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function whereJson(world: World, user: SlackUser, surface: Surface): Where {
  const values = fieldValues(world, user.id, surface.key, surface.blocks);
  if (surface.kind === 'view') {
    const { view } = surface;
    return { container: { type: 'view', view_id: view.id }, view: viewJson(world, view, values) };
  }
  const { channel, message } = surface;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channel.name },
    message: messageJson(world, message) as NonNullable<Where['message']>,
    state: { values: as(values) },
  };
}

type Who = {
  user: { id: string; username: string; name: string; team_id: string };
  team: { id: string; domain: string };
  is_enterprise_install: boolean;
  api_app_id: string;
  token: string;
};

/** The part every interaction has; `enterprise` is null outside Enterprise Grid, which Bolt's types leave out. */
export const whoJson = (world: World, user: SlackUser): Who => ({
  ...{ enterprise: null },
  user: { id: user.id, username: user.name, name: user.name, team_id: world.team.id },
  team: { id: world.team.id, domain: world.team.domain },
  is_enterprise_install: false,
  api_app_id: world.app.id,
  token: world.app.verificationToken,
});
