import type { Update } from '@grammyjs/types';
import { say } from '#bots/dialogue/say.ts';
import { keepUpdates } from '#bots/telegram/keep-updates.ts';
import { languages, phrase } from '#core/phrase.ts';
import type { Town } from './town.ts';

const botId = '700100200';

/** Updates as no stand-in would make them: they come in through the receiver's own door. */
export function rawUpdates(town: Pick<Town, 'world' | 'settle'>) {
  let last = 900_000_000;
  const next = () => (last += 1);

  async function comes(content: object): Promise<void> {
    const update = { update_id: next(), ...content } as Update;
    await keepUpdates([update], { world: town.world, botId });
    await town.settle();
  }
  const fromOf = (userId: number, more: object = {}) => ({ id: userId, is_bot: false, first_name: 'Хтось', ...more });
  const messageOf = (userId: number, content: object) => ({
    message_id: next(),
    date: 1,
    chat: { id: userId, type: 'private', first_name: 'Хтось' },
    from: fromOf(userId),
    ...content,
  });

  return {
    comes,
    messageOf,
    fromOf,
    /** A message of any content in the private chat of this account. */
    sends: (userId: number, content: object) => comes({ message: messageOf(userId, content) }),
    /** A tap with any data; gives the id that has to be answered. */
    async taps(userId: number, data: string | undefined, more: object = {}): Promise<string> {
      const id = String(next());
      const message = messageOf(userId, { text: '…' });
      await comes({
        callback_query: {
          id,
          from: fromOf(userId),
          message,
          chat_instance: '1',
          ...(data === undefined ? {} : { data }),
          ...more,
        },
      });
      return id;
    },
  };
}

/** Whether the waiting sign on this tap was ended; that goes out beside the outbox, so it is given a moment. */
export async function isTapAnswered(town: Town, id: string): Promise<boolean> {
  const { calls } = town.city.standIns().telegram;
  for (let round = 0; round < 100; round++) {
    if (calls.of('answerCallbackQuery').some(({ payload }) => payload.callback_query_id === id)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** Nothing failed on the way: every item was worked on, none parked, none waits. */
export async function failed(town: Town): Promise<string[]> {
  const items = await town.world.store.mailbox.find({});
  return items
    .filter(({ state }) => state !== 'done')
    .map(({ id, state, outcome }) => `${id} ${state} ${outcome ?? ''}`);
}

/** What a receiver says by itself when two seconds pass, as on a busy machine: no answer of the house. */
export const isFixedLine = (text: string): boolean =>
  languages.some((language) => text.startsWith(say(phrase('errors:fixed.kept'), language).slice(0, 20)));
