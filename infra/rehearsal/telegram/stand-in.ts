import type { CallRecord } from './calls.ts';
import { createCallRecord } from './calls.ts';
import type { Faults } from './faults.ts';
import { createFaults } from './faults.ts';
import type { NewGroup } from './groups.ts';
import { addGroup, groupOf } from './groups.ts';
import type { Memory, Pace, Person } from './memory.ts';
import type { Phone } from './phone.ts';
import { phoneOf } from './phone.ts';
import { endPoll } from './polling.ts';
import { createProfile } from './profile.ts';
import { conflict } from './refusal.ts';
import { newRoom } from './rooms.ts';
import { createDoor } from './server.ts';
import type { StoredFile } from './shelf.ts';
import { createShelf } from './shelf.ts';
import type { UpdateIds } from './updates.ts';
import { createQueue } from './updates.ts';
import { createWebhook } from './webhook.ts';

export type NewUser = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
  /** Id of the city's person; the Telegram id as text when left out. */
  personId?: string;
  isBot?: boolean;
  /** Pressed Start some time ago, of which the bot hears nothing now. */
  hasStarted?: boolean;
};

export type TelegramOptions = {
  /** `<digits>:<24 and more letters>`, as BotFather gives it. */
  token: string;
  botName: string;
  botUsername?: string;
  clock: { now(): number };
  port?: number;
  onChange?: (userId: number) => void;
  updateIds?: UpdateIds;
  pace?: Partial<Pace>;
  /** Privacy mode off. */
  readsWholeGroups?: boolean;
};

export type TelegramStandIn = {
  /** For `client.apiRoot`. */
  url: string;
  token: string;
  close(): Promise<void>;
  addUser(user: NewUser): void;
  user(id: number): Phone;
  addGroup(group: NewGroup): void;
  group(id: number): ReturnType<typeof groupOf>;
  faults: Faults;
  calls: CallRecord;
  /**
   * As BotFather does when a token is revoked: from now on the new one works, the old one is nobody's.
   * https://core.telegram.org/bots/features#generating-an-authentication-token
   */
  renew(token: string): void;
  /** Updates nobody confirmed yet. */
  pendingUpdates(): number;
  /** As after a quiet week: the ids begin anew. Only when nothing is pending. */
  restartUpdateIds(id: number): void;
  /** A stored file, for a page that plays or shows it. */
  file(fileId: string): Pick<StoredFile, 'bytes' | 'mimeType' | 'name'> | undefined;
};

/** A strict stand-in of Telegram's Bot API over real HTTP on 127.0.0.1, with the phones of the people. */
export async function startTelegramStandIn(options: TelegramOptions): Promise<TelegramStandIn> {
  if (!/^\d+:[\w-]{24,}$/.test(options.token))
    throw new Error('a bot token is digits, a colon and at least 24 letters');
  const memory = createMemory(options);
  const door = createDoor(
    () => memory,
    (method, chatId) => faults.plan(method, chatId),
  );
  const faults = createFaults({ down: door.down, up: () => door.up() });
  await door.up(options.port ?? 0);
  memory.queue.onAdded(() => {
    memory.poll?.wake();
    memory.webhook.kick();
  });
  return {
    url: `http://127.0.0.1:${door.port()}`,
    token: options.token,
    async close() {
      memory.webhook.set(null);
      endPoll(memory, conflict('terminated'));
      await door.down();
    },
    addUser: (user) => addUser(memory, user),
    user: (id) => phoneOf(memory, id),
    addGroup: (group) => addGroup(memory, group),
    group: (id) => groupOf(memory, id),
    faults,
    calls: memory.calls,
    renew(token) {
      memory.token = token;
      endPoll(memory, conflict('terminated'));
    },
    pendingUpdates: () => memory.queue.size(),
    restartUpdateIds: (id) => memory.queue.restartAt(id),
    file: (fileId) => memory.shelf.byId(fileId),
  };
}

function createMemory({
  token,
  botName,
  botUsername = 'punte_mistok_bot',
  clock,
  onChange,
  updateIds,
  pace,
  readsWholeGroups,
}: TelegramOptions): Memory {
  const memory: Memory = {
    token,
    me: {
      id: Number(token.split(':')[0]),
      is_bot: true,
      first_name: botName,
      username: botUsername,
      can_join_groups: true,
      can_read_all_group_messages: readsWholeGroups ?? false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    },
    now: () => clock.now(),
    readsWholeGroups: readsWholeGroups ?? false,
    pace: { typingMs: 5000, queryMs: 15_000, webhookRetryMs: 1000, ...pace },
    people: new Map(),
    rooms: new Map(),
    lastMessageId: 100,
    shelf: createShelf(),
    queue: createQueue(() => clock.now(), updateIds ?? {}),
    poll: null,
    webhook: createWebhook(() => memory),
    queries: new Map(),
    profile: createProfile(botName),
    calls: createCallRecord(),
    changed: (userId) => onChange?.(userId),
  };
  return memory;
}

function addUser(memory: Memory, user: NewUser): void {
  const {
    id,
    firstName,
    lastName = '',
    username,
    languageCode,
    personId = String(id),
    isBot = false,
    hasStarted = false,
  } = user;
  const names = {
    first_name: firstName,
    ...(lastName !== '' && { last_name: lastName }),
    ...(username !== undefined && { username }),
  };
  const person: Person = {
    user: { id, is_bot: isBot, ...names, ...(languageCode !== undefined && { language_code: languageCode }) },
    personId,
    isOnline: true,
    hasBlocked: false,
    hasStarted,
    isMet: hasStarted || isBot,
    isDeactivated: false,
    homeKeyboard: null,
    toast: null,
    readUpTo: 0,
    typingUntil: 0,
    waiting: [],
    frozen: null,
  };
  memory.people.set(id, person);
  memory.rooms.set(id, newRoom({ id, type: 'private', ...names }, [id]));
}
