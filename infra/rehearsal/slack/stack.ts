import { createHash } from 'node:crypto';
import { withIds } from './block-rules.ts';
import { refuse } from './refusal.ts';
import { type Block, type Json, type StoredView, surfaceKey, type Trigger, type World } from './world.ts';

/** Modals of one person lie on each other, at most three. https://docs.slack.dev/surfaces/modals/#lifecycle */
const STACK_MAX = 3;

export const stackOf = (world: World, userId: string): StoredView[] =>
  (world.stacks.get(userId) ?? []).flatMap((id) => world.views.get(id) ?? []);

/**
 * A trigger opens one thing, once, within three seconds.
 * https://docs.slack.dev/interactivity/handling-user-interaction/#modal_responses
 */
export function spendTrigger(world: World, id: string): Trigger {
  if (!id)
    return refuse('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] missing required field: trigger_id'] },
    });
  const trigger = world.triggers.get(id) ?? refuse('invalid_trigger_id');
  if (trigger.isUsed) refuse('exchanged_trigger_id');
  if (performance.now() - trigger.bornAt > world.pace.triggerMs) refuse('expired_trigger_id');
  trigger.isUsed = true;
  return trigger;
}

export function newTrigger(world: World, userId: string, viewId?: string): string {
  const id = `${Math.floor(world.clock.now() / 1000)}.${world.newId('')}.${world.newId('').toLowerCase()}`;
  forgetOldTriggers(world);
  world.triggers.set(id, { userId, bornAt: performance.now(), isUsed: false, ...(viewId ? { viewId } : {}) });
  return id;
}

const TRIGGERS_KEPT = 1000;

function forgetOldTriggers({ triggers }: World) {
  if (triggers.size < TRIGGERS_KEPT) return;
  for (const id of [...triggers.keys()].slice(0, TRIGGERS_KEPT / 2)) triggers.delete(id);
}

/** A new modal at the root: what was open before is gone. */
export function openModal(world: World, userId: string, given: Json): StoredView {
  clearModals(world, userId);
  return stack(world, userId, given, []);
}

export function pushModal(world: World, userId: string, given: Json): StoredView {
  const below = world.stacks.get(userId) ?? [];
  if (below.length === 0) refuse('not_found');
  if (below.length >= STACK_MAX) refuse('push_limit_reached');
  return stack(world, userId, given, below);
}

function stack(world: World, userId: string, given: Json, below: string[]): StoredView {
  const view = newView(world, userId, 'modal', given);
  view.rootId = below[0] ?? view.id;
  view.previousId = below.at(-1) ?? null;
  world.views.set(view.id, view);
  world.stacks.set(userId, [...below, view.id]);
  world.changed([userId]);
  return view;
}

export function newView(world: World, userId: string, type: 'modal' | 'home', given: Json): StoredView {
  const externalId = freeExternalId(world, String(given.external_id ?? ''));
  const id = world.newId('V');
  const blocks = withIds((given.blocks ?? []) as Block[], () => world.newId('b'));
  return {
    id,
    type,
    userId,
    given,
    blocks,
    hash: newHash(world),
    rootId: id,
    previousId: null,
    externalId,
    errors: {},
  };
}

/** external_id is unique for all views on a team. https://docs.slack.dev/reference/methods/views.open#errors */
function freeExternalId(world: World, externalId: string, except?: string): string {
  const taken = [...world.views.values()].some((view) => view.externalId === externalId && view.id !== except);
  return externalId && taken ? refuse('duplicate_external_id') : externalId;
}

/** Replaces what the view shows; typed values stay where block_id and action_id stay. */
export function replaceView(world: World, view: StoredView, given: Json): void {
  view.externalId = freeExternalId(world, String(given.external_id ?? ''), view.id);
  view.given = given;
  view.blocks = withIds((given.blocks ?? []) as Block[], () => world.newId('b'));
  view.hash = newHash(world);
  view.errors = {};
  world.changed([view.userId]);
}

const newHash = (world: World) =>
  `${Math.floor(world.clock.now() / 1000)}.${createHash('sha256').update(world.newId('')).digest('hex').slice(0, 8)}`;

/** Takes the top modal away, what the person typed in it included. */
export function popModal(world: World, userId: string): void {
  const ids = world.stacks.get(userId) ?? [];
  forget(world, userId, ids.slice(-1));
  world.stacks.set(userId, ids.slice(0, -1));
  world.changed([userId]);
}

export function clearModals(world: World, userId: string): void {
  forget(world, userId, world.stacks.get(userId) ?? []);
  world.stacks.delete(userId);
  world.changed([userId]);
}

function forget(world: World, userId: string, ids: string[]) {
  for (const id of ids) {
    world.views.delete(id);
    world.values.delete(surfaceKey(userId, id));
  }
}
