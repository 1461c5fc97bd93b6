import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export type HttpDoor = {
  /** The signing secrets that are valid now: one, or two while they rotate. */
  secrets: readonly string[];
  /** Takes what came through: its raw body stands in `rawBody`, where Bolt looks for it. */
  take: RequestListener;
};

/** Slack signs for now; what is signed for more than five minutes ago or ahead is refused, both ways (`delivery.md` 7). */
const windowSeconds = 300;
/** A signature is kept longer than it could be good: the same request again is refused. */
const nonceMs = 10 * 60_000;
const mostBytes = 1024 * 1024;

/**
 * The door of Slack's HTTP requests. Old, future and unsigned ones are refused before a byte of their body is read, wrongly signed ones
 * before a byte is parsed, known ones again: 401. Refuses to be made without a secret.
 */
export function httpDoor({ secrets, take }: HttpDoor): RequestListener {
  if (secrets.length === 0 || secrets.some((secret) => secret.length === 0))
    throw new Error('Requests of Slack need the signing secret: without it anybody could speak as Slack.');
  const known = nonces();

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const marks = marksOf(request);
    if (!marks || !isFresh(marks.sentAt) || known.has(marks.signature)) return refuse(response, 401);
    const body = await bodyOf(request);
    if (!body) return refuse(response, 413);
    if (!isSigned(marks, body, secrets) || !known.add(marks.signature)) return refuse(response, 401);
    response.once('finish', () => response.statusCode >= 500 && known.forget(marks.signature));
    take(Object.assign(request, { rawBody: body }), response);
  }
  return (request, response) => void enter(request, response).catch(() => refuse(response, 400));
}

/** An answer without words; a body that was not read is left where it is. */
export function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent || response.writableEnded) return;
  response.writeHead(status, { 'content-length': 0, ...(response.req.complete ? {} : { connection: 'close' }) });
  response.end();
}

type SignedMarks = { signature: string; sentAt: number; timestamp: string };

function marksOf({ headers }: IncomingMessage): SignedMarks | undefined {
  const signature = headers['x-slack-signature'];
  const timestamp = headers['x-slack-request-timestamp'];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return undefined;
  if (!/^v0=[0-9a-f]{64}$/.test(signature) || !/^\d{1,12}$/.test(timestamp)) return undefined;
  return { signature, timestamp, sentAt: Number(timestamp) };
}

const isFresh = (sentAt: number): boolean => Math.abs(Date.now() / 1000 - sentAt) <= windowSeconds;

function isSigned({ signature, timestamp }: SignedMarks, body: Buffer, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature.slice(3), 'hex');
  const fitting = secrets.map((secret) =>
    timingSafeEqual(given, createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest()),
  );
  return fitting.includes(true);
}

/** Nothing when it is too long: reading stops there. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Signatures this process took. What the store could not keep is forgotten: Slack brings it again, perhaps within the same second. */
function nonces() {
  const until = new Map<string, number>();
  const forgetOld = (now: number): void => {
    for (const [signature, end] of until) {
      if (end > now) return;
      until.delete(signature);
    }
  };
  return {
    has: (signature: string): boolean => until.has(signature),
    /** False when it is there already. */
    add(signature: string): boolean {
      forgetOld(Date.now());
      if (until.has(signature)) return false;
      until.set(signature, Date.now() + nonceMs);
      return true;
    },
    forget: (signature: string) => void until.delete(signature),
  };
}
