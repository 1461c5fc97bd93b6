import type { Update, WebhookInfo } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import type { Call } from './parameters.ts';
import { integerOf, isOn, textOf } from './parameters.ts';
import { allowUpdates, endPoll } from './polling.ts';
import { badRequest, conflict } from './refusal.ts';

type Setting = { url: string; secret: string; maxConnections: number };
export type Webhook = {
  url(): string;
  set(setting: Setting | null): void;
  setting(): Setting | null;
  lastError(): { at: number; text: string } | null;
  /** Something may be there to deliver. */
  kick(): void;
};

/** "give up after a reasonable amount of attempts": the server waits 60 s for an answer and doubles its pauses to about a minute. */
const answerMs = 60_000;
const maxPauseMs = 60_000;

/** https://core.telegram.org/bots/api#setwebhook: one delivery at a time, repeated until 2XX, then confirmed. */
export function createWebhook(memory: () => Memory): Webhook {
  let setting: Setting | null = null;
  let lastError: { at: number; text: string } | null = null;
  let isRunning = false;

  const fail = (text: string) => {
    lastError = { at: Math.floor(memory().now() / 1000), text };
  };
  async function run(): Promise<void> {
    for (let fails = 0; setting !== null; ) {
      const update = memory().queue.next();
      if (update === undefined) return;
      const current: Setting = setting;
      const result = await post(current, update);
      if (setting !== current) continue;
      if (result.isTaken) memory().queue.confirm(update.update_id);
      else fail(result.why);
      fails = result.isTaken ? 0 : fails + 1;
      if (fails > 0) await pause(result.pauseMs ?? pauseAfter(fails, memory().pace.webhookRetryMs));
    }
  }
  return {
    url: () => setting?.url ?? '',
    setting: () => setting,
    lastError: () => lastError,
    set(next) {
      setting = next;
      lastError = null;
    },
    kick() {
      if (isRunning || setting === null) return;
      isRunning = true;
      void run().finally(() => {
        isRunning = false;
        if (setting !== null && memory().queue.size() > 0) this.kick();
      });
    },
  };
}

type Delivery = { isTaken: boolean; why: string; pauseMs?: number };

async function post({ url, secret }: Setting, update: Update): Promise<Delivery> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret !== '' && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(answerMs),
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    const after = Number(answer.headers.get('retry-after'));
    return {
      isTaken: answer.ok,
      why: `Wrong response from the webhook: ${answer.status} ${answer.statusText}`,
      ...(after > 0 && { pauseMs: after * 1000 }),
    };
  } catch {
    return { isTaken: false, why: 'Connection failed' };
  }
}

/** The first repetition comes at once, then after 2, 4, 8 ... */
const pauseAfter = (fails: number, firstMs: number) =>
  fails === 1 ? 0 : Math.min(maxPauseMs, firstMs * 2 ** (fails - 1));
const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

export function setWebhook(memory: Memory, call: Call): true {
  const url = textOf(call, 'url');
  if (url === '') return deleteWebhook(memory, call);
  const secret = checkedSecret(textOf(call, 'secret_token'));
  checkAddress(url);
  if (isOn(call, 'drop_pending_updates')) memory.queue.clear();
  allowUpdates(memory, call);
  endPoll(memory, conflict('terminated by setWebhook request'));
  memory.webhook.set({ url, secret, maxConnections: integerOf(call, 'max_connections', 40, 1, 100) });
  memory.webhook.kick();
  return true;
}

export function deleteWebhook(memory: Memory, call: Call): true {
  if (isOn(call, 'drop_pending_updates')) memory.queue.clear();
  memory.webhook.set(null);
  return true;
}

/** https://core.telegram.org/bots/api#webhookinfo */
export function getWebhookInfo(memory: Memory): WebhookInfo {
  const setting = memory.webhook.setting();
  const error = memory.webhook.lastError();
  const allowed = memory.queue.allowed();
  return {
    url: setting?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: memory.queue.size(),
    ...(setting && { max_connections: setting.maxConnections }),
    ...(allowed.length > 0 && { allowed_updates: [...allowed] as NonNullable<WebhookInfo['allowed_updates']> }),
    ...(error && { last_error_date: error.at, last_error_message: error.text }),
  };
}

/** "1-256 characters. Only characters A-Z, a-z, 0-9, _ and - are allowed." */
function checkedSecret(secret: string): string {
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return secret;
}

/**
 * HTTPS and ports 443, 80, 88, 8443. This machine itself is taken over plain HTTP and on any port, as the vendor's
 * own server does in local mode: https://core.telegram.org/bots/api#using-a-local-bot-api-server
 */
function checkAddress(text: string): void {
  if (!URL.canParse(text)) throw badRequest('invalid webhook URL specified');
  const url = new URL(text);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return;
  if (url.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(url.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}
