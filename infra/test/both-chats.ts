import { randomBytes } from 'node:crypto';
import type { DeskMessage } from '../rehearsal/shapes.ts';
import { type SlackStandIn, startSlackStandIn } from '../rehearsal/slack/stand-in.ts';
import type { SlackPerson } from '../rehearsal/slack/user.ts';
import type { Phone } from '../rehearsal/telegram/phone.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../rehearsal/telegram/stand-in.ts';
import { buttonsIn, tapOnPhone, textOf, wordsIn } from './town.ts';

/** Somebody with a phone, a desk, or both; the bot knows nothing of them. */
export type Someone = { name: string; phone?: number; desk?: string; language?: 'uk' | 'ro' };

export type BothChats<N extends string> = Awaited<ReturnType<typeof openBothChats<N>>>;

/** Both stand-ins with people in them, what these can do, and what they see. Nobody answers until a house or processes do. */
export async function openBothChats<N extends string>(
  people: Record<N, Someone>,
  clock: { now(): number },
  /** Slack by signed requests to this address instead of Socket Mode. */
  slackHttp?: { eventsUrl: string },
) {
  const telegram = await startTelegramStandIn({
    token: `700100200:${randomBytes(20).toString('hex')}`,
    botName: 'Місток',
    clock,
  });
  const slack = await startSlackStandIn({
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    teamName: 'DAS Arad',
    clock,
    ...(slackHttp ? { http: slackHttp } : {}),
  });
  for (const [id, one] of Object.entries<Someone>(people)) enter(id, one, { telegram, slack });
  const taken = new Map<string, number>();

  const phone = (id: N): Phone => telegram.user(people[id].phone ?? 0);
  const desk = (id: N): SlackPerson => slack.user(people[id].desk ?? '');
  const posted = (id: N): string[] =>
    [...phonePosts(telegram, people[id]), ...deskPosts(slack, people[id])].map(withPlainSpaces);
  const onTop = (id: N) => {
    const modal = desk(id).state().modals.at(-1);
    if (!modal) throw new Error(`${id} has no window open; Slack says: ${JSON.stringify(desk(id).lastProblem)}`);
    return modal;
  };

  return {
    telegram,
    slack,
    phone,
    desk,
    /** Presses a button of the newest message that has it, on the phone or in the direct channel. */
    taps: async (id: N, text: string): Promise<unknown> =>
      people[id].phone ? tapOnPhone(phone(id), text) : tapOnDesk(slack, desk(id), text),
    says: (id: N, text: string): unknown => (people[id].phone ? phone(id).says(text) : desk(id).says('bot', text)),
    /** Presses a button of the App Home, or of the window on top; several may be called the same, then the first. */
    tapsAtHome: (id: N, text: string) => desk(id).presses('home', buttonNamed(desk(id).state().home, text)),
    tapsInWindow: (id: N, text: string) => desk(id).presses(onTop(id).viewId, buttonNamed(onTop(id).view, text)),
    /** Fills the window on top, by the keys of its fields, and sends it. */
    async fills(id: N, values: Record<string, string>) {
      const { viewId } = onTop(id);
      desk(id).fills(viewId, values);
      const sent = await desk(id).submits(viewId);
      if (!sent.isAcked || Object.keys(sent.errors).length > 0)
        throw new Error(`the form was not taken: ${JSON.stringify(sent)}`);
    },
    /** The words of the App Home and of the window on top. */
    home: (id: N): string => wordsIn(desk(id).state().home).join('\n'),
    window: (id: N): string => wordsIn(onTop(id).view).join('\n'),
    /** What this person was told since the last time; edits are no news. */
    heard(id: N): string[] {
      const all = posted(id);
      const fresh = all.slice(taken.get(id) ?? 0);
      taken.set(id, all.length);
      return fresh;
    },
    posted,
    /** What stands in the chat now, edits included. */
    sees: (id: N): string =>
      (people[id].phone
        ? phone(id)
            .messages()
            .map(({ text, kind }) => text || kind)
        : slack.messages(people[id].desk ?? '').map(textOf)
      ).join('\n'),
    /** Names of the files this person got from the bot. */
    files: (id: N): string[] =>
      people[id].phone
        ? phone(id)
            .messages()
            .flatMap(({ kind, fileName, from }) => (from === 'bot' && kind !== 'text' ? [fileName ?? kind] : []))
        : slack.messages(people[id].desk ?? '').flatMap(({ files = [] }) => files.map(({ name }) => name)),
    /** Where a program finds both chats. */
    env: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
    async close() {
      await telegram.close();
      await slack.close();
    },
  };
}

function enter(
  id: string,
  { name, phone, desk, language = 'ro' }: Someone,
  { telegram, slack }: { telegram: TelegramStandIn; slack: SlackStandIn },
): void {
  const [firstName = name, lastName = ''] = name.split(' ');
  if (phone) telegram.addUser({ id: phone, firstName, lastName, languageCode: language });
  if (desk) slack.addUser({ id: desk, personId: id, name: id, realName: name, locale: 'ro-RO' });
}

const withPlainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');

const phonePosts = (telegram: TelegramStandIn, { phone }: Someone): string[] =>
  telegram.calls
    .posts()
    .filter(({ chatId }) => chatId === phone)
    .map(({ payload, method }) => String(payload.text ?? payload.caption ?? method));

const deskPosts = (slack: SlackStandIn, { desk }: Someone): string[] =>
  desk
    ? slack
        .messages(desk)
        .filter(({ isBot }) => isBot)
        .map(textOf)
    : [];

function tapOnDesk(slack: SlackStandIn, desk: SlackPerson, text: string) {
  const has = ({ isBot, blocks, attachments }: DeskMessage) =>
    isBot && buttonsIn([blocks, attachments]).some((button) => button.text.includes(text));
  const message = slack.messages(desk.id).findLast(has);
  if (!message)
    throw new Error(
      `no button "${text}" in Slack; the last message says: ${slack.messages(desk.id).map(textOf).at(-1)}`,
    );
  return desk.presses(
    { channel: message.channel, ts: message.ts },
    buttonNamed([message.blocks, message.attachments], text),
  );
}

/** The action id of the first button with this text. */
function buttonNamed(blocks: unknown, text: string): string {
  const button = buttonsIn(blocks).find((one) => one.text.includes(text));
  if (!button)
    throw new Error(
      `no button "${text}" among: ${buttonsIn(blocks)
        .map((one) => one.text)
        .join(' | ')}`,
    );
  return button.id;
}
