import { createHmac } from 'node:crypto';
import type { FaultState } from './faults.ts';
import type { Envelope, Line, Reply } from './line.ts';
import { isObject } from './rules.ts';
import type { Json, World } from './world.ts';

type SignedRequest = { url: string; headers: Record<string, string>; body: string };

/**
 * v0 signature over `v0:timestamp:body`. Timestamps are real time, as the receiver compares them with its own clock.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signed(secret: string, url: string, type: string, body: string, at = Date.now() / 1000): SignedRequest {
  const timestamp = String(Math.floor(at));
  const mark = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mark}`,
  };
  return { url, headers, body };
}

export type SignedLine = Line & {
  /** The last requests as sent, newest last: a test replays or forges from them. */
  sent: SignedRequest[];
  post(request: SignedRequest): Promise<{ status: number; body: string }>;
  verify(): Promise<boolean>;
};

const FORM = 'application/x-www-form-urlencoded';
const KEPT = 100;

/** HTTP mode: everything is posted to one address. */
export function signedLineOf(world: World, url: string, faults: FaultState): SignedLine {
  const sent: SignedRequest[] = [];

  async function post(request: SignedRequest) {
    const signal = AbortSignal.timeout(world.pace.ackMs);
    const answer = await fetch(request.url, { method: 'POST', headers: request.headers, body: request.body, signal });
    return { status: answer.status, body: await answer.text() };
  }

  function make(type: string, body: string, more: Record<string, string> = {}) {
    const request = signed(world.signingSecret, url, type, body);
    Object.assign(request.headers, more);
    sent.push(request);
    if (sent.length > KEPT) sent.shift();
    return request;
  }

  async function bring(envelope: Envelope): Promise<Reply> {
    try {
      const { status, body } = await post(make(...contentOf(envelope)));
      if (status < 200 || status > 299) return { isAcked: false, reason: 'http_error' };
      if (faults.lateAcks > 0) return lateAck(faults);
      return { isAcked: true, answer: answerOf(body) };
    } catch (error) {
      return { isAcked: false, reason: isTimeout(error) ? 'timeout' : 'no_connection' };
    }
  }

  /** https://docs.slack.dev/reference/events/url_verification : the challenge comes back. */
  async function verify() {
    const challenge = world.newId('challenge');
    const handshake = { type: 'url_verification', token: world.app.verificationToken, challenge };
    const { status, body } = await post(make('application/json', JSON.stringify(handshake)));
    return status === 200 && body.includes(challenge);
  }

  return { bring, sent, post, verify, close: () => {} };
}

function lateAck(faults: FaultState): Reply {
  faults.lateAcks--;
  return { isAcked: false, reason: 'timeout' };
}

/** Events are JSON, interactions a `payload` field, commands plain fields. https://docs.slack.dev/apis/events-api/#retries */
function contentOf({ type, payload, retry }: Envelope): [string, string, Record<string, string>] {
  if (type === 'interactive') return [FORM, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {}];
  if (type === 'slash_commands')
    return [FORM, new URLSearchParams({ ...payload } as Record<string, string>).toString(), {}];
  const again = retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {};
  return ['application/json', JSON.stringify(payload), again];
}

/** An answer to a command may be a plain text. */
function answerOf(body: string): Json {
  if (!body) return {};
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : { text: body };
  } catch {
    return { text: body };
  }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError';
