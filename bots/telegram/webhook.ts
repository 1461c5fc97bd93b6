import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from '@grammyjs/types';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type Keeping, keepUpdates } from './keep-updates.ts';

export type Webhook = Keeping & {
  /** Path of the route, for example `/telegram`. */
  path: string;
  /** The secrets that are valid now: one, or two while they rotate. */
  secrets: readonly string[];
  onError?: (error: unknown) => void;
};

/**
 * The door of Telegram's webhook: the secret is compared before a byte is parsed, the update stored, then an empty 200. A store that is down
 * is 503: Telegram comes again. No call to the Bot API is made here. Refuses to be made without a secret.
 */
export function telegramWebhook({ path, secrets, onError, ...keeping }: Webhook): FastifyPluginAsync {
  const known = secrets.filter((secret) => secret.length > 0).map(digest);
  if (known.length === 0 || known.length !== secrets.length)
    throw new Error('A webhook needs its secret: without it anybody could speak as Telegram.');

  const checkSecret = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isKnown(request.headers['x-telegram-bot-api-secret-token'], known))
      return reply.code(401).header('connection', 'close').send();
  };
  const store = async ({ body }: FastifyRequest, reply: FastifyReply) => {
    if (!isUpdate(body)) return reply.code(400).send();
    try {
      await keepUpdates([body], keeping);
    } catch (error) {
      onError?.(error);
      return reply.code(503).send();
    }
    return reply.code(200).send();
  };
  return async (app) => void app.post(path, { onRequest: checkSecret }, store);
}

/** Digests have one length, so that the comparison takes the same time for every guess. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function isKnown(given: string | string[] | undefined, known: readonly Buffer[]): boolean {
  const guess = digest(typeof given === 'string' ? given : '');
  return known.map((secret) => timingSafeEqual(secret, guess)).includes(true);
}

const isUpdate = (body: unknown): body is Update =>
  typeof body === 'object' && body !== null && 'update_id' in body && Number.isSafeInteger(body.update_id);
