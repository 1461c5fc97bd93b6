import type { Update } from '@grammyjs/types';
import type { Language } from '#core/phrase.ts';
import { phrase } from '#core/phrase.ts';
import type { World } from '#core/world.ts';
import { type FixedLine, type FixedLines, fixedLines } from '../dialogue/fixed-line.ts';
import { say } from '../dialogue/say.ts';
import { apiOn, type TelegramLine } from './line.ts';

export type TelegramFixedLines = {
  notKept(updates: readonly Update[]): void;
  kept(updates: readonly Update[], keyOf: (update: Update) => string): void;
  stop(): void;
};

type Someone = { chat: string; language: Language };

/** What the Telegram receiver says by itself while the store is away or nobody takes up the work; to private chats only. */
export function telegramFixedLines(line: TelegramLine, world: World, lateMs = 2000): TelegramFixedLines {
  const api = apiOn(line, 10);
  const speak = ({ chat, language }: Someone, which: FixedLine) =>
    void api.sendMessage(chat, say(phrase(`errors:fixed.${which}`), language)).catch(() => {});
  const isWaiting = async (key: string) => (await world.store.mailbox.get(key))?.state === 'waiting';
  const lines: FixedLines<Someone> = fixedLines({ say: speak, nameOf: ({ chat }) => chat, isWaiting, lateMs });
  return {
    notKept(updates) {
      for (const one of updates.flatMap(someoneIn)) lines.notKept(one);
    },
    kept(updates, keyOf) {
      for (const update of updates) for (const one of someoneIn(update)) lines.kept(one, keyOf(update));
    },
    stop: lines.stop,
  };
}

/** Who speaks in a private chat; what the app's language is stands in the update, so that the store need not be asked. */
function someoneIn({ message, callback_query: tap }: Update): Someone[] {
  const from = message?.from ?? tap?.from;
  const chat = message?.chat ?? tap?.message?.chat;
  if (!from || from.is_bot || chat?.type !== 'private') return [];
  return [{ chat: String(chat.id), language: languageOf(from.language_code) }];
}

const languageOf = (code = ''): Language => (code.startsWith('ro') ? 'ro' : code.startsWith('en') ? 'en' : 'uk');
