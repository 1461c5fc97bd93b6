import { webApi } from '@slack/bolt';
import type { Sent } from '#core/delivery/sending.ts';

/** What a call left behind: whether its first byte went out, and the status of the answer. */
export type Trace = { wrote: boolean; status?: number };

const unsure = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
const deadAddress = new Set([
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'cannot_dm_bot',
]);
const shutBot = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'org_login_required',
  'team_access_not_granted',
]);
const wrongShape = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
  'msg_too_long',
  'too_many_attachments',
  'attachment_payload_limit_exceeded',
]);

/** What came of a failed call, by the table of `recipes.md` 3. `isHarmless`: doing it twice changes nothing, so no answer means not done. */
export function outcomeOf(error: unknown, { wrote }: Trace, isHarmless: boolean): Sent {
  if (!wrote) return { is: 'not_sent', why: 'no_connection' };
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { is: 'not_sent', why: 'ratelimited', retryAfterSeconds: error.retryAfter };
  const code = codeOf(error);
  if (code === 'ratelimited') return { is: 'not_sent', why: code, retryAfterSeconds: 30 };
  if (code === undefined || unsure.has(code))
    return { is: isHarmless ? 'not_sent' : 'unknown', why: code ?? 'no_answer' };
  return {
    is: 'refused',
    why: code,
    ...(deadAddress.has(code) ? { isAddressDead: true } : {}),
    ...(shutBot.has(code) ? { isBotShut: true } : {}),
  };
}

/** Slack's own word for its refusal; nothing when it gave none. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;

/** Slack counts the message as too long. */
export const isTooLong = (sent: Sent): boolean =>
  sent.is === 'refused' &&
  ['msg_blocks_too_long', 'msg_too_long', 'attachment_payload_limit_exceeded'].includes(sent.why);

/** Whether Slack did not like how a message is built, so that plain text may still go. */
export const isWrongShape = (sent: Sent): boolean => sent.is === 'refused' && wrongShape.has(sent.why);
