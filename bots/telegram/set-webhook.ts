import { wantedUpdates } from './fetch-updates.ts';
import { apiOn, type TelegramLine } from './line.ts';

/** Tells Telegram where to deliver, with the secret and the updates we want; what waits there comes too. Throws when it is refused. */
export async function setTelegramWebhook(
  line: TelegramLine,
  { url, secret }: { url: string; secret: string },
): Promise<void> {
  await apiOn(line, 10).setWebhook(url, { secret_token: secret, allowed_updates: wantedUpdates });
}
