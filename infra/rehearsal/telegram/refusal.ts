import type { ApiError, ResponseParameters } from '@grammyjs/types';

/**
 * A "no" in the shape of the Bot API: `ok: false`, `error_code`, `description`, sometimes `parameters`.
 * https://core.telegram.org/bots/api#making-requests · https://core.telegram.org/bots/api#responseparameters
 *
 * The wording of the descriptions is that of the vendor's own open server
 * (github.com/tdlib/telegram-bot-api, Client.cpp, and github.com/tdlib/td); where we could not confirm a wording,
 * the rule says so beside it.
 */
export class Refused extends Error {
  readonly answer: ApiError;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.answer = { ok: false, error_code: code, description, ...(parameters && { parameters }) };
  }
}

export const badRequest = (text: string, parameters?: ResponseParameters): Refused =>
  new Refused(400, `Bad Request: ${text}`, parameters);

export const forbidden = (text: string): Refused => new Refused(403, `Forbidden: ${text}`);

export const conflict = (text: string): Refused => new Refused(409, `Conflict: ${text}`);

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
export const tooMany = (retryAfterSeconds: number): Refused =>
  new Refused(429, `Too Many Requests: retry after ${retryAfterSeconds}`, { retry_after: retryAfterSeconds });
