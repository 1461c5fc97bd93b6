import type { Json } from './world.ts';

/**
 * A "no" of the Web API: HTTP 200 with `{ ok: false, error }`.
 * https://docs.slack.dev/apis/web-api/#responses
 */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly more: Json;

  constructor(code: string, more: Json = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.more = more;
  }
}

/** Refuses with Slack's code. `more` goes into the answer beside `error`, e.g. `needed` and `provided`. */
export function refuse(code: string, more?: Json): never {
  throw new SlackRefusal(code, more);
}
