import type { webApi } from '@slack/bolt';
import type { Arguments } from './arguments.ts';
import { as, channelOfBot, type Method, method, page } from './method.ts';
import { refuse } from './refusal.ts';
import { botJson, userJson } from './wire.ts';
import { membersOf, messageAt, type SlackUser, type World } from './world.ts';

/** https://docs.slack.dev/reference/methods/auth.test */
const authTest = method<webApi.AuthTestResponse>(null, ({ team, app, origin }) => ({
  ok: true,
  url: `${origin()}/`,
  team: team.name,
  team_id: team.id,
  user: app.botName.toLowerCase(),
  user_id: app.botUserId,
  bot_id: app.botId,
  is_enterprise_install: false,
}));

/** https://docs.slack.dev/reference/methods/team.info */
const teamInfo = method<webApi.TeamInfoResponse>('team:read', ({ team }) => ({
  ok: true,
  team: { id: team.id, name: team.name, domain: team.domain, email_domain: '' },
}));

/** https://docs.slack.dev/reference/methods/bots.info */
const botsInfo = method<webApi.BotsInfoResponse>('users:read', ({ app }, args) => {
  if (args.has('bot') && args.text('bot') !== app.botId) refuse('bot_not_found');
  return {
    ok: true,
    bot: { id: app.botId, app_id: app.id, user_id: app.botUserId, name: app.botName, deleted: false, updated: 0 },
  };
});

/** https://docs.slack.dev/reference/methods/users.info : locale only with include_locale, e-mail only with its scope. */
const usersInfo = method<webApi.UsersInfoResponse>('users:read', (world, args) => {
  const id = args.needed('user');
  if (id === world.app.botUserId) return { ok: true, user: as(botJson(world)) };
  const user = world.users.get(id) ?? refuse('user_not_found');
  return { ok: true, user: as(withLocale(world, user, args)) };
});

/** https://docs.slack.dev/reference/methods/users.list : deactivated people and bots are in it. */
const usersList = method<webApi.UsersListResponse>('users:read', (world, args) => {
  const all = [botJson(world), ...[...world.users.values()].map((user) => withLocale(world, user, args))];
  const { items, next } = page(all, args, 1000);
  const now = Math.floor(world.clock.now() / 1000);
  return { ok: true, members: as(items), cache_ts: now, response_metadata: { next_cursor: next } };
});

const withLocale = (world: World, user: SlackUser, args: Arguments) => ({
  ...userJson(world, user),
  ...(args.flag('include_locale') ? { locale: user.locale } : {}),
});

/** https://docs.slack.dev/reference/methods/reactions.add */
const addReaction = method<webApi.ReactionsAddResponse>('reactions:write', (world, args) => {
  const { channel, message, name } = reacted(world, args);
  const known = message.reactions.find((one) => one.name === name);
  if (known?.users.includes(world.app.botUserId)) refuse('already_reacted');
  if (known) known.users.push(world.app.botUserId);
  else message.reactions.push({ name, users: [world.app.botUserId] });
  world.changed(membersOf(channel, world));
  return { ok: true };
});

/** https://docs.slack.dev/reference/methods/reactions.remove */
const removeReaction = method<webApi.ReactionsRemoveResponse>('reactions:write', (world, args) => {
  const { channel, message, name } = reacted(world, args);
  const known = message.reactions.find((one) => one.name === name && one.users.includes(world.app.botUserId));
  if (!known) return refuse('no_reaction');
  known.users = known.users.filter((id) => id !== world.app.botUserId);
  message.reactions = message.reactions.filter((one) => one.users.length > 0);
  world.changed(membersOf(channel, world));
  return { ok: true };
});

function reacted(world: World, args: Arguments) {
  const name = args.needed('name');
  if (!/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/.test(name)) refuse('invalid_name');
  if (!args.has('channel') || !args.has('timestamp')) refuse('no_item_specified');
  const channel = channelOfBot(world, args.text('channel'));
  const message = messageAt(channel, args.text('timestamp'));
  if (!message || message.onlyFor) return refuse('message_not_found');
  return { channel, message, name };
}

export const peopleMethods: Record<string, Method> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'bots.info': botsInfo,
  'users.info': usersInfo,
  'users.list': usersList,
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
};
