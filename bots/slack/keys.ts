import { createHash } from 'node:crypto';
import type { Seal } from '#core/seal.ts';
import { markOf, type SlackBody } from './payload.ts';

/**
 * The key of a body: the same thing sent again has the same one, whatever its `event_id` (`delivery.md` 2).
 * A message that was edited is a new thing. Nothing when Slack sent something without any mark.
 */
export function keyOf(body: SlackBody, seal: Seal): string | undefined {
  const { event, view, actions, trigger_id: trigger } = body;
  if (event) return eventKey(body, event, seal);
  const [action] = actions ?? [];
  if (action) return keyOfPerson(seal, 'a', teamOf(body), userOf(body), action.action_id, action.action_ts);
  if (body.type?.startsWith('view_') && view) return key('v', view.id, view.hash, body.type);
  return trigger ? key('t', trigger) : undefined;
}

function eventKey(body: SlackBody, event: NonNullable<SlackBody['event']>, seal: Seal): string | undefined {
  const { message = event, channel, subtype } = event;
  if (channel && message.ts && (event.type === 'message' || event.type === 'app_mention')) {
    return keyOfPerson(seal, 'm', teamOf(body), channel, message.ts, subtype, message.edited?.ts);
  }
  return body.event_id ? key('e', body.event_id) : undefined;
}

/**
 * A key in which somebody's account or direct channel would stand: blinded, as keys are kept in clear and accounts can be tried out. A blinded name
 * stays when keys are exchanged, so that what comes again meanwhile is known.
 */
const keyOfPerson = (seal: Seal, kind: string, ...parts: (string | undefined)[]) =>
  key(kind, seal.blind('slack-body', JSON.stringify(parts), 128));

const key = (...parts: (string | undefined)[]) => `sl:${parts.map((part) => part ?? '').join(':')}`;

const teamOf = ({ team_id: id, team, user }: SlackBody) => id ?? team?.id ?? user?.team_id;

/** Who did it; nothing for what no person did. */
export function userOf({ event, user, user_id: id }: SlackBody): string | undefined {
  if (event) return event.message?.user ?? event.user;
  return user?.id ?? id;
}

/** The lane of the mailbox: one account; the account's id does not stand in it in clear. */
export const laneOf = (body: SlackBody, seal: Seal): string => laneOfUser(userOf(body) ?? '', seal);

/** The lane of one Slack user. */
export const laneOfUser = (user: string, seal: Seal): string => `slack:${seal.blind('lane', `slack:${user}`, 128)}`;

/** The `external_id` of the view which a tap, a command or a shortcut opens at once; the worker finds it by the same key. */
export const viewOf = (bodyKey: string): string =>
  createHash('sha256').update(`view ${bodyKey}`).digest('base64url').slice(0, 32);

/** Whether a view is opened at once, or stays for what comes of it: a form's button, a command, a message shortcut, a form that shows something. */
export function opensView({ type, command, actions, view }: SlackBody): boolean {
  if (type === 'view_submission') return markOf(view)?.stays === true;
  return Boolean(command) || type === 'message_action' || Boolean(actions?.[0]?.action_id?.startsWith('open:'));
}

/** The window in which a plain button stood: what it does takes its place. */
export const fillsView = ({ actions, view }: SlackBody): string | undefined =>
  actions?.[0]?.action_id?.startsWith('put:') ? view?.external_id || undefined : undefined;
