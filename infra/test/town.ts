import { openCity, type RunningCity } from '../rehearsal/city.ts';
import { cityPeople, cityPerson } from '../rehearsal/people.ts';
import type { DeskMessage, PhoneMessage } from '../rehearsal/shapes.ts';
import type { SlackPerson } from '../rehearsal/slack/user.ts';
import type { Phone } from '../rehearsal/telegram/phone.ts';
import type { Servers } from '../setup/servers.ts';
import { testPlace } from './place.ts';
import { heardLog, refuseLeaks } from './planted.ts';
import { raiseLimits } from './raised-limits.ts';

export type Town = Awaited<ReturnType<typeof openTown>>;

/** The rehearsal city for a smoke test: real bots over real HTTP, a clock that stands still, and an ear for every message. */
export async function openTown({ begins, hasLimits = false }: { begins?: Date; hasLimits?: boolean } = {}) {
  const wake = process.env.WAKE === 'bullmq' ? 'bullmq' : 'none';
  const place = testPlace();
  const servers: Servers = {
    mongodbUri: place.mongodbUri,
    redisUrl: place.redisUrl,
    stop: async () => {},
    redis: undefined,
    mongo: undefined,
  };
  const { log, lines } = heardLog('town');
  const city = await openCity({
    servers,
    log,
    wake,
    isFrozen: true,
    databaseName: place.databaseName,
    ...(begins ? { begins } : {}),
  });
  if (!hasLimits) await raiseLimits(city.house().world.store);
  const ears = earsOf(city);
  await city.settle();
  ears.forget();

  const phone = (id: string): Phone => city.standIns().telegram.user(Number(cityPerson(id).account));
  const desk = (id: string): SlackPerson => city.standIns().slack.user(cityPerson(id).account);
  const after = async <T>(act: T): Promise<T> => {
    const done = await act;
    await city.settle();
    return done;
  };

  return {
    city,
    world: city.house().world,
    phone,
    desk,
    settle: () => city.settle(),
    /** Someone writes or presses a key of the fixed keyboard. */
    says: (id: string, text: string) =>
      after(cityPerson(id).place === 'phone' ? phone(id).says(text) : desk(id).says('bot', text)),
    /** Someone presses a button with this text: the newest message that has one. */
    taps: (id: string, text: string) =>
      after(cityPerson(id).place === 'phone' ? tapOnPhone(phone(id), text) : pressOnDesk(city, desk(id), text)),
    /** What this person was told since the last time, oldest first; taken out, so that `nothingElse` does not see it. */
    heard: (id: string) => ears.take(id),
    /** Texts now on the phone or in the direct channel with the bot, newest last, edits included. */
    sees: (id: string): string[] => textsOf(city, id),
    forward: async (minutes: number) => {
      const until = new Date(city.house().world.clock.wall().getTime() + minutes * 60_000);
      while (city.house().world.clock.wall() < until) await city.clock.to(until.toISOString());
      await city.settle();
    },
    /** Everything that was told and that no test asked for: `oksana: Vă amintim …`. A scenario ends with this empty. */
    unexpected: () => cityPeople.flatMap(({ id }) => ears.take(id).map((text) => `${id}: ${text}`)),
    async stop() {
      await refuseLeaks(place.mongodbUri, lines, planted).finally(() => city.stop());
    },
  };
}

/** Names and accounts that stand nowhere in clear; short ones would be found by accident. */
const planted = cityPeople.flatMap(({ name, account, place }) => [name, ...(place === 'desk' ? [account] : [])]);

function earsOf(city: RunningCity) {
  const taken = new Map<string, number>();
  const all = (id: string) => postsTo(city, id);
  return {
    take(id: string): string[] {
      const texts = all(id);
      const fresh = texts.slice(taken.get(id) ?? 0);
      taken.set(id, texts.length);
      return fresh;
    },
    forget() {
      for (const { id } of cityPeople) taken.set(id, all(id).length);
    },
  };
}

/** Posts that were accepted, as the chat recorded them; edits are not posts. */
function postsTo(city: RunningCity, id: string): string[] {
  const { place, account } = cityPerson(id);
  const { telegram, slack } = city.standIns();
  if (place === 'phone')
    return telegram.calls
      .posts()
      .filter(({ chatId }) => String(chatId) === account)
      .map(({ payload, method }) => String(payload.text ?? payload.caption ?? method));
  return slack
    .messages(account)
    .filter(({ isBot }) => isBot)
    .map((message) => textOf(message));
}

function textsOf(city: RunningCity, id: string): string[] {
  const { place, account } = cityPerson(id);
  const { telegram, slack } = city.standIns();
  if (place === 'phone')
    return telegram
      .user(Number(account))
      .messages()
      .map(({ text, kind }: PhoneMessage) => text || kind);
  return slack.messages(account).map(textOf);
}

/** All the words of a Slack message: text, blocks and attachments. */
export const textOf = (message: DeskMessage): string =>
  [message.text, ...wordsIn(message.blocks), ...wordsIn(message.attachments ?? [])].join('\n');

/** All texts in Slack's blocks or view. */
export function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { text, ...rest } = value as Record<string, unknown>;
  return [...(typeof text === 'string' ? [text] : wordsIn(text)), ...Object.values(rest).flatMap(wordsIn)];
}

/** Presses the inline key with this text in the newest message that has one. */
export function tapOnPhone(phone: Phone, text: string): boolean {
  const message = phone.messages().findLast(({ keys }) => keys?.flat().some((key) => key.text.includes(text)));
  const key = message?.keys?.flat().find((one) => one.text.includes(text));
  if (!message || !key) throw new Error(`no button "${text}"; the last message says: ${phone.messages().at(-1)?.text}`);
  return phone.taps(message.id, key.data ?? key.text);
}

async function pressOnDesk(city: RunningCity, desk: SlackPerson, text: string) {
  const message = city
    .standIns()
    .slack.messages(desk.id)
    .findLast(
      (one) => one.isBot && buttonsIn([one.blocks, one.attachments]).some((button) => button.text.includes(text)),
    );
  const button = message && buttonsIn([message.blocks, message.attachments]).find((one) => one.text.includes(text));
  if (!message || !button)
    throw new Error(
      `no button "${text}" in Slack; the last message says: ${JSON.stringify(city.standIns().slack.messages(desk.id).at(-1)?.text)}`,
    );
  return desk.presses({ channel: message.channel, ts: message.ts }, button.text);
}

/** All buttons in Slack's blocks. */
export function buttonsIn(value: unknown): { text: string; id: string }[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (typeof value !== 'object' || value === null) return [];
  const {
    type,
    text,
    action_id: id = '',
    ...rest
  } = value as { type?: string; text?: { text?: string }; action_id?: string } & Record<string, unknown>;
  if (type === 'button') return [{ text: text?.text ?? '', id }];
  return Object.values(rest).flatMap(buttonsIn);
}
