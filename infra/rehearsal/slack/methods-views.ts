import type { webApi } from '@slack/bolt';
import { type Arguments, missing } from './arguments.ts';
import { fieldValues } from './fields.ts';
import { as, type Method, method } from './method.ts';
import { refuse } from './refusal.ts';
import { newView, openModal, pushModal, replaceView, spendTrigger } from './stack.ts';
import { checkView } from './view-rules.ts';
import { viewJson } from './wire.ts';
import type { StoredView, World } from './world.ts';

const given = (args: Arguments, type: 'modal' | 'home') =>
  checkView(args.json('view', 'invalid_arguments') ?? missing('view'), type);

const shown = (world: World, view: StoredView) =>
  viewJson(world, view, fieldValues(world, view.userId, view.id, view.blocks));

/** https://docs.slack.dev/reference/methods/views.open : the view is checked first, a bad one leaves the trigger unspent. */
const open = method<webApi.ViewsOpenResponse>(null, (world, args) => {
  const view = given(args, 'modal');
  const { userId } = spendTrigger(world, args.text('trigger_id'));
  return { ok: true, view: as(shown(world, openModal(world, userId, view))) };
});

/** https://docs.slack.dev/reference/methods/views.push : needs a trigger from inside a modal that is still open. */
const push = method<webApi.ViewsPushResponse>(null, (world, args) => {
  const view = given(args, 'modal');
  const { userId, viewId } = spendTrigger(world, args.text('trigger_id'));
  if (!viewId || !world.views.has(viewId)) refuse('not_found');
  return { ok: true, view: as(shown(world, pushModal(world, userId, view))) };
});

/** https://docs.slack.dev/reference/methods/views.update : by view_id or external_id; a stale hash is a conflict. */
const update = method<webApi.ViewsUpdateResponse>(null, (world, args) => {
  const content = given(args, 'modal');
  const view = viewOf(world, args);
  if (args.has('hash') && args.text('hash') !== view.hash) refuse('hash_conflict');
  replaceView(world, view, content);
  return { ok: true, view: as(shown(world, view)) };
});

function viewOf(world: World, args: Arguments): StoredView {
  const [id, externalId] = [args.text('view_id'), args.text('external_id')];
  if (!id && !externalId) missing('view_id');
  const found = [...world.views.values()].find((view) => (id ? view.id === id : view.externalId === externalId));
  return found ?? refuse('not_found');
}

/** https://docs.slack.dev/reference/methods/views.publish : one home per person, the id stays. */
const publish = method<webApi.ViewsPublishResponse>(null, (world, args) => {
  const content = given(args, 'home');
  const userId = args.needed('user_id');
  if (!world.users.has(userId)) refuse('user_not_found');
  const known = world.homes.get(userId);
  if (args.has('hash') && args.text('hash') !== known?.hash) refuse('hash_conflict');
  const home = known ?? newView(world, userId, 'home', content);
  if (known) replaceView(world, known, content);
  world.homes.set(userId, home);
  world.changed([userId]);
  return { ok: true, view: as(shown(world, home)) };
});

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
