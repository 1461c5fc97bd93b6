import { Api, GrammyError } from 'grammy';
import type { TelegramOptions } from './stand-in.ts';
import { startTelegramStandIn } from './stand-in.ts';

/** Ids of the people every test knows. */
export const oksana = 501;
export const mihai = 502;

/** A stand-in, grammY's own client on it, a clock the test moves, and two people; Oksana has pressed Start before. */
export async function started(more: Partial<TelegramOptions> = {}) {
  const clock = {
    at: Date.parse('2026-03-02T08:00:00Z'),
    now: () => clock.at,
    passes: (hours: number) => {
      clock.at += hours * 3600 * 1000;
    },
  };
  const token = '7000000001:AAabcdefghijklmnopqrstuvwxyz012345';
  const telegram = await startTelegramStandIn({ token, botName: 'Punte · Місток', clock, ...more });
  telegram.addUser({
    id: oksana,
    firstName: 'Oksana',
    lastName: 'K.',
    languageCode: 'uk',
    personId: 'oksana',
    hasStarted: true,
  });
  telegram.addUser({ id: mihai, firstName: 'Mihai', languageCode: 'ro', personId: 'mihai' });
  const api = new Api(token, { apiRoot: telegram.url });
  return { telegram, api, clock, phone: telegram.user(oksana), root: `${telegram.url}/bot${token}` };
}

/** What the server said no with: "403 Forbidden: ...". */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  return 'accepted';
}

export const inline = (...rows: { text: string; callback_data: string }[][]) => ({ inline_keyboard: rows });
export const yes = { text: 'Да', callback_data: 'yes' };

/** A 2x2 PNG: head and size are all the stand-in looks at. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
