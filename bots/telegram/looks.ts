import { GrammyError } from 'grammy';
import { say } from '#bots/dialogue/say.ts';
import { type Key, type Language, languages, type Phrase, phrase } from '#core/phrase.ts';
import { apiOn, type TelegramLine } from './line.ts';

/** The bot itself, as Telegram knows it. */
export type Me = { botId: string; botUsername: string; name: string };

/** What is no message and may be lost: it goes straight out, and nothing here but `whoAmI` ever throws. */
export type Looks = {
  /** "is writing", for five seconds at most. */
  typing(chatId: string): Promise<void>;
  /** Ends the waiting sign on a pressed button, with a short word if there is one. */
  answerTap(callbackId: string, text?: string): Promise<void>;
  /** What the bot says of itself, in all languages. */
  setUpTexts(): Promise<void>;
  /** Who the token belongs to; a wrong token is said in words. */
  whoAmI(): Promise<Me>;
};

const longestToast = 200;

/** The bot's small signs on this line. */
export function telegramLooks(line: TelegramLine): Looks {
  const api = apiOn(line, 10);
  const bestEffort = async (call: () => Promise<unknown>) => void (await call().catch(() => {}));
  return {
    typing: (chatId) => bestEffort(() => api.sendChatAction(chatId, 'typing')),
    answerTap: (callbackId, text) =>
      bestEffort(() => api.answerCallbackQuery(callbackId, text ? { text: shortened(text) } : {})),
    async setUpTexts() {
      for (const { language, ...of } of spoken) {
        const texts = profile(language);
        await bestEffort(() => api.setMyCommands(texts.commands, { scope: { type: 'all_private_chats' }, ...of }));
        await bestEffort(() => api.setMyDescription(texts.about, of));
        await bestEffort(() => api.setMyShortDescription(texts.short, of));
      }
    },
    async whoAmI() {
      const me = await api.getMe().catch((error) => {
        throw isWrongToken(error) ? new WrongToken() : error;
      });
      return { botId: String(me.id), botUsername: me.username, name: me.first_name };
    },
  };
}

/** Telegram does not know the token. */
export class WrongToken extends Error {
  constructor() {
    super('Telegram does not know TELEGRAM_BOT_TOKEN. Take the token from BotFather again.');
    this.name = 'WrongToken';
  }
}

const isWrongToken = (error: unknown): boolean => error instanceof GrammyError && [401, 404].includes(error.error_code);

/** Who has none of the three languages in the app reads Ukrainian, as somebody with a Russian one does. */
const spoken: readonly { language: Language; language_code?: Language }[] = [
  { language: 'uk' },
  ...languages.map((language) => ({ language, language_code: language })),
];

const commands = ['start', 'menu', 'help', 'language', 'stop'] as const;

function profile(language: Language) {
  const tell = (what: Phrase, most: number) => say(what, language).slice(0, most);
  return {
    commands: commands.map((command) => ({
      command,
      description: tell(phrase(`start:command.${command}` satisfies Key), 256),
    })),
    about: tell(phrase('start:profile.about'), 512),
    short: tell(phrase('start:profile.short'), 120),
  };
}

const shortened = (text: string): string =>
  text.length > longestToast ? `${text.slice(0, longestToast - 1).toWellFormed()}…` : text;
