import { GrammyError } from 'grammy';
import type { Sent, WatchedFetch } from '#core/delivery/sending.ts';

/** What came of one call, and the refusal behind it for those who know a second way. */
export type Attempt = { sent: Sent; refusal?: GrammyError };

/** What an accepted call gives: the message, or of an edit sometimes only `true`. */
export type Posted = { message_id: number; chat: { id: number } } | true;

type Trace = { wrote: boolean; status?: number };

/** Makes one call and classifies what came of it (`recipes.md` 3): the first line that fits. An accepted edit needs no message in its answer. */
export async function attempt(watch: WatchedFetch, call: () => Promise<Posted>, isEdit = false): Promise<Attempt> {
  const trace: Trace = { wrote: false };
  try {
    const result = await watch.run(trace, call);
    if (isEdit || result === true) return { sent: { is: 'sent' } };
    return { sent: { is: 'sent', messageId: String(result.message_id), chatId: String(result.chat.id) } };
  } catch (error) {
    return outcomeOf(error, trace, isEdit);
  }
}

/** The class of a failed call. No answer to an edit is `not_sent`: it may be repeated freely. */
export function outcomeOf(error: unknown, trace: Trace, isEdit: boolean): Attempt {
  if (!trace.wrote) return { sent: { is: 'not_sent', why: 'no connection' } };
  if (!(error instanceof GrammyError) || error.error_code >= 500) {
    const why = trace.status === undefined ? 'no answer' : `answer ${trace.status}`;
    return { sent: { is: isEdit ? 'not_sent' : 'unknown', why } };
  }
  return { sent: refusalOf(error, isEdit), refusal: error };
}

function refusalOf(error: GrammyError, isEdit: boolean): Sent {
  const { error_code, description, parameters } = error;
  if (error_code === 429)
    return { is: 'not_sent', why: 'too many requests', retryAfterSeconds: parameters.retry_after ?? 1 };
  if (isEdit && /message is not modified/i.test(description)) return { is: 'sent' };
  const why = codeOf(error);
  if (parameters.migrate_to_chat_id !== undefined)
    return { is: 'refused', why, movedTo: String(parameters.migrate_to_chat_id) };
  // An unknown token is 401, a malformed one 404.
  if (error_code === 401 || error_code === 404) return { is: 'refused', why, isBotShut: true };
  if (error_code === 403 || deadAddress.test(description)) return { is: 'refused', why, isAddressDead: true };
  return { is: 'refused', why };
}

const deadAddress =
  /chat not found|user not found|user is deactivated|bot was (blocked|kicked)|peer_id_invalid|chat_id is empty|chat was deleted/i;

/** A word for the row and the log. What Telegram quotes may be somebody's words, so it is left out. */
function codeOf({ error_code, description }: GrammyError): string {
  const words = description
    .replace(/^(bad request|forbidden|unauthorized|conflict): /i, '')
    .replace(/(["'«]).*["'»]/gs, '…')
    .replace(/[^\x20-\x7e…]+/g, '');
  return `${error_code} ${words.slice(0, 80)}`.trim();
}

const isRefused = ({ refusal }: Attempt, words: RegExp): boolean =>
  refusal?.error_code === 400 && words.test(refusal.description);

/** Telegram did not take the entities. */
export const isBadFormat = (tried: Attempt): boolean => isRefused(tried, /entit(y|ies)|UTF-16/i);
/** Telegram counts the text as too long. */
export const isTooLong = (tried: Attempt): boolean => isRefused(tried, /(message|text) is too long|MESSAGE_TOO_LONG/i);
/** Telegram will not show this as a picture, or the person takes no voice messages. */
export const isBadFile = (tried: Attempt): boolean =>
  isRefused(
    tried,
    /PHOTO_|IMAGE_PROCESS|VOICE_MESSAGES_FORBIDDEN|wrong (type|file)|can't use file|too big for a photo/i,
  );
