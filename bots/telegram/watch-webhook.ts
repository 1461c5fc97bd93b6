import { apiOn, type TelegramLine } from './line.ts';
import { setTelegramWebhook } from './set-webhook.ts';

export type WebhookWatch = {
  line: TelegramLine;
  webhook: { url: string; secret: string };
  /** What is wrong, in words for an operator; called at each look at which it is. */
  onFault: (fault: string) => void;
  everyMs?: number;
};

const usualMs = 3 * 60_000;
/** So long after it was set right a changed address is still a fault: a person has to look who has the token. */
const rememberedMs = 15 * 60_000;
/** So many updates that wait, and more than at the last look, are too many. */
const mostPending = 50;

/**
 * Asks Telegram every three minutes where it delivers. Another address than ours means that somebody else has the token: it is set again, and a fault.
 * So is a delivery that fails, or one that falls behind. https://core.telegram.org/bots/api#webhookinfo
 */
export function watchWebhook({ line, webhook, onFault, everyMs = usualMs }: WebhookWatch) {
  const api = apiOn(line, 10);
  let now: string[] = [];
  let changedAt: number | undefined;
  let before = { pending: 0, errorAt: 0 };

  async function look(): Promise<void> {
    const { url, pending_update_count: pending, last_error_date: errorAt = 0 } = await api.getWebhookInfo();
    const found: string[] = [];
    if (url !== webhook.url) {
      changedAt = performance.now();
      await setTelegramWebhook(line, webhook);
    }
    if (errorAt > before.errorAt) found.push('Telegram could not deliver to our webhook');
    if (pending > mostPending && pending > before.pending)
      found.push(`${pending} updates of Telegram wait for our webhook`);
    before = { pending, errorAt };
    now = found;
    for (const fault of faults()) onFault(fault);
  }
  const faults = (): string[] => [
    ...(changedAt !== undefined && performance.now() - changedAt < rememberedMs
      ? ['the webhook of Telegram was changed by somebody else and set again: re-key the bot (SECURITY.md)']
      : []),
    ...now,
  ];
  const run = (): Promise<void> =>
    look().catch(() => {
      now = ['Telegram does not say where it delivers'];
    });
  const timer = setInterval(() => void run(), everyMs).unref();
  return { look: run, faults, stop: () => clearInterval(timer) };
}
