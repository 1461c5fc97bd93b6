import type { Language } from '#core/phrase.ts';
import type { World } from '#core/world.ts';
import { type FixedLines, fixedLines } from '../dialogue/fixed-line.ts';
import { laneOf, userOf } from './keys.ts';
import type { SlackLooks } from './looks.ts';
import type { SlackBody } from './payload.ts';

/** What the Slack receiver says by itself (`delivery.md` 2). Opening the App Home is no word: nothing is said to it. */
export function slackFixedLines(
  world: World,
  looks: SlackLooks,
  languageOf: (body: SlackBody) => Language,
  lateMs: number,
): FixedLines<SlackBody> {
  return fixedLines({
    say: (body, line) => void (isWord(body) && looks.sayFixed(userOf(body) ?? '', line, languageOf(body))),
    nameOf: (body) => userOf(body) ?? '',
    isWaiting: async (key) => (await world.store.mailbox.get(key))?.state === 'waiting',
    lateMs,
  });
}

const isWord = (body: SlackBody) => userOf(body) !== undefined && body.event?.type !== 'app_home_opened';

/** What is known of people's languages without asking the store, for the moments in which it may be away. */
export function knownLanguages(world: World): {
  of(body: SlackBody): Language;
  learn(body: SlackBody): Promise<Language>;
} {
  const known = new Map<string, Language>();
  const of = (body: SlackBody): Language => known.get(laneOf(body, world.seal)) ?? 'ro';
  return {
    of,
    async learn(body) {
      const lane = laneOf(body, world.seal);
      const user = userOf(body) ?? '';
      const person = await world.store.people.withAccount('slack', user).catch(() => undefined);
      const language = person?.language ?? (await world.store.conversations.of(lane).catch(() => undefined))?.language;
      if (language) known.set(lane, language);
      return language ?? of(body);
    },
  };
}
