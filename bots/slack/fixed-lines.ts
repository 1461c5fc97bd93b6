import type { Language } from '#core/phrase.ts';
import type { World } from '#core/world.ts';
import { laneOf, userOf } from './keys.ts';
import type { SlackLooks } from './looks.ts';
import type { SlackBody } from './payload.ts';

const onceInMs = 10 * 60_000;

export type FixedLines = {
  /** The store is away: 112, "please wait". */
  notKept(body: SlackBody): void;
  /** Kept, but perhaps nobody takes it up: after two seconds the person is told that it waits. */
  kept(body: SlackBody, key: string): void;
  stop(): void;
};

/** The only lines outside the outbox: said by the receiver itself, once a person in ten minutes (`delivery.md` 2). */
export function fixedLines(
  world: World,
  looks: SlackLooks,
  languageOf: (body: SlackBody) => Language,
  lateMs: number,
): FixedLines {
  const saidAt = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  function sayOnce(body: SlackBody, line: 'wait' | 'kept') {
    const user = userOf(body);
    if (!user || body.event?.type === 'app_home_opened' || !isFirst(user)) return;
    void looks.sayFixed(user, line, languageOf(body));
  }

  function isFirst(user: string): boolean {
    const now = performance.now();
    for (const [one, at] of saidAt) if (now - at > onceInMs) saidAt.delete(one);
    if (saidAt.has(user)) return false;
    saidAt.set(user, now);
    return true;
  }

  async function look(body: SlackBody, key: string) {
    const item = await world.store.mailbox.get(key).catch(() => undefined);
    if (item?.state === 'waiting') sayOnce(body, 'kept');
  }

  return {
    notKept: (body) => sayOnce(body, 'wait'),
    kept(body, key) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void look(body, key);
      }, lateMs).unref();
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

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
