import type { ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import { type Choice, chosenValue, clientErrors, fieldValues, keepValue } from './fields.ts';
import type { Actor, Done } from './person.ts';
import { SlackRefusal } from './refusal.ts';
import { isObject } from './rules.ts';
import { clearModals, newTrigger, popModal, pushModal, replaceView, stackOf } from './stack.ts';
import { find, surfaceOf, whoJson } from './surface.ts';
import { viewProblems } from './view-rules.ts';
import { viewJson } from './wire.ts';
import type { Json, StoredView } from './world.ts';

/** Types and chooses in the fields of the modal on top; sends nothing. */
export function fill(actor: Actor, viewId: string, entries: Record<string, Choice>): void {
  const { world, user } = actor;
  const surface = surfaceOf(world, user, viewId);
  for (const [what, choice] of Object.entries(entries)) {
    const { block, element } = find(surface, what);
    keepValue(world, user.id, surface.key, block, element, chosenValue(world, element, choice));
  }
  world.changed([user.id]);
}

export type Submitted = Done & {
  /** False when Slack's own client found a required field empty: the app heard nothing. */
  isSent: boolean;
  /** block_id -> sentence now shown in the modal. */
  errors: Record<string, string>;
};

/** Presses the modal's submit. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission */
export async function submit(actor: Actor, viewId: string): Promise<Submitted> {
  const { world, user } = actor;
  const surface = surfaceOf(world, user, viewId);
  if (surface.kind !== 'view' || !surface.view.given.submit) throw new Error(`${viewId} has no submit button`);
  const { view } = surface;
  const values = fieldValues(world, user.id, view.id, view.blocks);
  view.errors = clientErrors(view.blocks, values);
  world.changed([user.id]);
  if (Object.keys(view.errors).length > 0) {
    return { isAcked: false, isSent: false, problem: null, answer: {}, errors: view.errors };
  }
  const payload: ViewSubmitAction = {
    type: 'view_submission',
    ...whoJson(world, user),
    trigger_id: newTrigger(world, user.id, view.id),
    view: viewJson(world, view, values),
    response_urls: [],
  };
  const done = await actor.bring('submit', { type: 'interactive', payload, acceptsAnswer: true });
  const settled = done.isAcked ? settle(actor, view, done) : done;
  return { ...settled, isSent: true, errors: view.errors };
}

/** https://docs.slack.dev/surfaces/modals/#response_actions : nothing = close this view; clear, errors, update, push. */
function settle(actor: Actor, view: StoredView, done: Done): Done {
  const { world, user } = actor;
  const { response_action: action, errors, view: next } = done.answer;
  if (!world.views.has(view.id)) return done;
  if (action === undefined) popModal(world, user.id);
  else if (action === 'clear') clearModals(world, user.id);
  else if (action === 'errors' && isErrors(view, errors)) showErrors(actor, view, errors);
  else if ((action === 'update' || action === 'push') && viewProblems(next, 'modal').length === 0) {
    return change(actor, view, action, next as Json, done);
  } else return actor.trouble('submit', 'bad_answer');
  return done;
}

function change(actor: Actor, view: StoredView, action: 'update' | 'push', next: Json, done: Done): Done {
  try {
    if (action === 'update') replaceView(actor.world, view, next);
    else pushModal(actor.world, actor.user.id, next);
    return done;
  } catch (error) {
    if (error instanceof SlackRefusal) return actor.trouble('submit', 'bad_answer');
    throw error;
  }
}

/** Errors name input blocks of this view; anything else is shown as trouble connecting. */
function isErrors(view: StoredView, errors: unknown): errors is Record<string, string> {
  if (!isObject(errors) || Object.keys(errors).length === 0) return false;
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  return Object.entries(errors).every(([id, says]) => inputs.includes(id) && typeof says === 'string' && says !== '');
}

function showErrors(actor: Actor, view: StoredView, errors: Record<string, string>) {
  view.errors = errors;
  actor.world.changed([actor.user.id]);
}

/**
 * The X of the modal on top; with clear_on_close all of them. The app hears of those with notify_on_close.
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_closed
 */
export async function closeModal(actor: Actor, viewId: string, { all = false } = {}): Promise<Done> {
  const { world, user } = actor;
  const surface = surfaceOf(world, user, viewId);
  if (surface.kind !== 'view') throw new Error(`${viewId} is no modal`);
  const isCleared = all || surface.view.given.clear_on_close === true;
  const closed = isCleared ? stackOf(world, user.id).reverse() : [surface.view];
  const payloads = closed
    .filter((view) => view.given.notify_on_close)
    .map((view) => closedJson(actor, view, isCleared));
  if (isCleared) clearModals(world, user.id);
  else popModal(world, user.id);
  const results = await Promise.all(
    payloads.map((payload) => actor.bring('close', { type: 'interactive', payload, acceptsAnswer: false })),
  );
  return results[0] ?? { isAcked: true, problem: null, answer: {} };
}

const closedJson = ({ world, user }: Actor, view: StoredView, isCleared: boolean): ViewClosedAction => ({
  type: 'view_closed',
  ...whoJson(world, user),
  view: viewJson(world, view, fieldValues(world, user.id, view.id, view.blocks)),
  is_cleared: isCleared,
});
