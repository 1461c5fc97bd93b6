import { argumentsOf, bodyOf } from './arguments.ts';
import type { Call, Outcome } from './calls.ts';
import type { Asked, Told } from './door.ts';
import { type FaultState, type Meant, strike } from './faults.ts';
import { type Method, needScope } from './method.ts';
import { refuse, SlackRefusal } from './refusal.ts';
import type { Json, World } from './world.ts';

type Add = (call: Call) => void;
type Decided = { answer: Json; outcome: Outcome };

/** Answers one call of the Web API and records it. https://docs.slack.dev/apis/web-api/ */
export function webApiOf(world: World, methods: Record<string, Method>, faults: FaultState, add: Add) {
  return (asked: Asked): Told => {
    const name = asked.path.slice('/api/'.length);
    const meant = strike(faults, name, world.clock.now());
    const payload = withoutToken(asked);
    const record = (outcome: Outcome, answer: Json) => add(callOf(world, name, payload, outcome, answer));
    if (meant && !isLetIn(meant)) {
      record(outcomeOf(meant), { error: errorOf(meant) });
      return toldOf(meant);
    }
    const { answer, outcome } = decide(world, methods, name, asked);
    record(meant && outcome === 'ok' ? 'cut_after_accept' : outcome, answer);
    return meant ? toldOf(meant) : json(200, answer, scopesOf(world, answer));
  };
}

/** The scopes of the token come in a header. https://docs.slack.dev/authentication/installing-with-oauth/#scopes */
const scopesOf = (world: World, answer: Json): Record<string, string> =>
  answer.error === 'invalid_auth' || answer.error === 'not_authed'
    ? {}
    : { 'x-oauth-scopes': [...world.scopes].join(',') };

const isLetIn = (meant: Meant) =>
  meant.kind === 'cut' ? meant.where === 'afterAccept' : meant.kind !== 'rateLimit' && meant.isAccepted;

const outcomeOf = ({ kind }: Meant): Outcome =>
  kind === 'rateLimit' ? 'rate_limited' : kind === 'cut' ? 'cut_before' : kind === 'status' ? 'status' : 'refused';

const errorOf = (meant: Meant) =>
  meant.kind === 'rateLimit'
    ? 'ratelimited'
    : meant.kind === 'status'
      ? String(meant.status)
      : meant.kind === 'error'
        ? meant.error
        : 'cut';

/** https://docs.slack.dev/apis/web-api/rate-limits : HTTP 429, Retry-After in whole seconds. */
function toldOf(meant: Meant): Told {
  if (meant.kind === 'cut') return 'cut';
  if (meant.kind === 'status') return { status: meant.status, body: '' };
  const answer = { ok: false, error: errorOf(meant) };
  return meant.kind === 'rateLimit'
    ? json(429, answer, { 'retry-after': String(meant.retryAfter) })
    : json(200, answer);
}

function decide(world: World, methods: Record<string, Method>, name: string, asked: Asked): Decided {
  try {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) return refuse('unknown_method', { req_method: name });
    const body = bodyOf(asked.headers['content-type'] ?? '', asked.raw, asked.query);
    checkToken(world, method, tokenOf(asked, body));
    if (method.scope) needScope(world, method.scope);
    return { answer: { ...method.run(world, argumentsOf(body)) }, outcome: 'ok' };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { answer: { ok: false, error: error.code, ...error.more }, outcome: 'refused' };
  }
}

/** https://docs.slack.dev/authentication/tokens : in the header, or as `token` of a form. */
function tokenOf({ headers }: Asked, body: Json): string {
  const header = headers.authorization?.replace(/^Bearer\s+/i, '');
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? true;
  return header || (isForm && typeof body.token === 'string' ? body.token : '');
}

function checkToken(world: World, method: Method, token: string) {
  if (!token) refuse('not_authed');
  if (token !== world.botToken && token !== world.appToken) refuse('invalid_auth');
  if ((token === world.appToken) !== (method.token === 'app')) refuse('not_allowed_token_type');
}

function withoutToken(asked: Asked): Json {
  try {
    const { token: _, ...body } = bodyOf(asked.headers['content-type'] ?? '', asked.raw, asked.query);
    return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, opened(value)]));
  } catch {
    return {};
  }
}

/** JSON inside a form field is shown as what it says. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function callOf(world: World, method: string, payload: Json, outcome: Outcome, answer: Json): Call {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const channel = text(answer.channel) ?? text(payload.channel) ?? text(payload.channel_id);
  const user = text(payload.user) ?? text(payload.user_id);
  const ts = text(answer.ts) ?? text(answer.message_ts);
  const error = text(answer.error);
  return {
    at: world.clock.now(),
    method,
    payload,
    outcome,
    ...(channel ? { channel } : {}),
    ...(user ? { user } : {}),
    ...(ts ? { ts } : {}),
    ...(error ? { error } : {}),
  };
}

export const json = (status: number, body: Json, headers: Record<string, string> = {}): Exclude<Told, 'cut'> => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});
