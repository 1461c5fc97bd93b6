/**
 * What the rehearsal city shows: whole small states, never differences. The stand-ins produce them, the page draws them.
 * Nothing here is invented by the page: every value is a fact of a stand-in or of a store (`city.md` 8).
 */

export type CityLanguage = 'uk' | 'ro' | 'en';

/** One of the eight people on the rail. `phone` talks through the Bot API stand-in, `desk` through the Slack stand-in. */
export type CityPerson = {
  id: string;
  name: string;
  shortName: string;
  initials: string;
  colour: string;
  role: 'beneficiary' | 'technician' | 'coordinator' | 'supervisor';
  language: CityLanguage;
  place: 'phone' | 'desk';
  /** Telegram user id (number as text) or Slack user id. */
  account: string;
};

export type PhoneKey = { text: string; data?: string; url?: string; copy?: string };

/** Offsets and lengths in UTF-16 units, as in the Bot API. */
export type TextEntity = { type: string; offset: number; length: number; url?: string };

export type PhoneMessage = {
  /** Telegram message id; a message still waiting inside an offline phone has a negative one. */
  id: number;
  from: 'bot' | 'person';
  /** ISO instant on the city's clock. */
  at: string;
  editedAt?: string;
  kind: 'text' | 'voice' | 'photo' | 'document' | 'location' | 'contact' | 'sticker' | 'service';
  text: string;
  entities?: TextEntity[];
  /** Inline keys under the message. */
  keys?: PhoneKey[][];
  seconds?: number;
  fileName?: string;
  fileId?: string;
  place?: { latitude: number; longitude: number; title?: string; address?: string };
  isProtected?: boolean;
  isSilent?: boolean;
  /** Only for `from: 'person'`. waiting = still in the phone, taken = the Bot API has it, stored = the bot confirmed it. */
  tick?: 'waiting' | 'taken' | 'stored';
};

export type PhoneState = {
  personId: string;
  online: boolean;
  hasBlockedBot: boolean;
  /** False until the person pressed Start once: the page then shows what the bot is, 112 and Start. */
  hasStarted: boolean;
  bot: { name: string; shortDescription: string; description: string };
  isTyping: boolean;
  messages: PhoneMessage[];
  /** The fixed home keyboard, when the bot has set one. */
  homeKeys: string[][] | null;
  /** Last toast of answerCallbackQuery, with a number that rises at each one. */
  toast: { number: number; text: string; isAlert: boolean } | null;
  unread: number;
  /** The neutral first line of the newest unread message, as a lock screen shows it. */
  lockScreen: string | null;
};

/** A block, view or message exactly as the bot sent it; the page draws Block Kit itself. */
export type Blocks = Record<string, unknown>[];

export type DeskMessage = {
  channel: string;
  ts: string;
  threadTs?: string;
  /** Slack user id, or the bot's. */
  user: string;
  isBot: boolean;
  isEphemeral: boolean;
  text: string;
  blocks: Blocks;
  attachments?: { color?: string; blocks?: Blocks }[];
  files?: { id: string; name: string; mimetype: string; size: number }[];
  editedAt?: string;
  at: string;
};

export type DeskChannel = {
  id: string;
  name: string;
  kind: 'channel' | 'direct';
  with?: string;
  unread: number;
  members: number;
  topic: string;
};

export type DeskModal = {
  viewId: string;
  /** The view as the bot opened or updated it. */
  view: Record<string, unknown>;
  /** block_id -> sentence, after `response_action: errors`. */
  errors: Record<string, string>;
};

export type DeskState = {
  personId: string;
  userId: string;
  online: boolean;
  team: { name: string };
  channels: DeskChannel[];
  /** Messages this person may see, oldest first, by channel id. */
  messages: Record<string, DeskMessage[]>;
  home: Record<string, unknown> | null;
  homeBadge: number;
  modals: DeskModal[];
  users: Record<string, string>;
  unread: number;
  /** Whether this person is on duty now. */
  isOnDuty?: boolean;
  /** Message shortcuts the app has registered. */
  shortcuts?: { callbackId: string; name: string }[];
  /** The last warning of Slack's client; null after the next act that went well. */
  problem?: { at: string; text: string } | null;
};

export type TroubleName = 'telegram429' | 'slack429' | 'telegramSlow' | 'slackSlow' | 'redisOff' | 'databaseOff';
/** `isOn` is what was asked, `saysKey` what the system does instead, as a key of `locales/<language>/city.json`, `says` the values in it. */
export type Trouble = {
  name: TroubleName;
  isOn: boolean;
  saysKey: string | null;
  says?: Record<string, string | number>;
};

/** `key` and `params`: the label as a text of `city.json`, so that the page says it in its own language; `label` is for want of one. */
export type InsideTimer = {
  id: string;
  at: string;
  label: string;
  isUrgent: boolean;
  key?: string;
  params?: Record<string, string>;
};
/** A `messageRef` is `telegram:<personId>:<messageId>` or `slack:<channel>:<ts>`. */
export type InsideState = {
  isReachable: boolean;
  /** The office is in hold: what comes is kept, nothing is sent. */
  isHeld?: boolean;
  troubles: Trouble[];
  outbox: {
    pending: number;
    attempting: number;
    sent: number;
    not_sent: number;
    unknown: number;
    refused: number;
    last: { at: string; label: string; state: string; messageRef?: string }[];
  };
  timers: { total: number; next: InsideTimer[] };
  told: { at: string; name: string; channel: 'telegram' | 'slack'; state: string; messageRef?: string }[];
  journal: { number: number; type: string; about: string; at: string; messageRef?: string }[];
  /** Every type of event written since the city began: the tour sees by it what is done. */
  journalTypes?: string[];
  /** Number of the first entry whose chain does not verify; absent while it is whole. */
  brokenAt?: number | null;
};

export type ClockState = {
  /** ISO instant and the same in Europe/Bucharest wall time. */
  at: string;
  wall: string;
  /** The next due timer, or null. */
  next: InsideTimer | null;
  /** Ticks of the 24-hour bar. */
  today: InsideTimer[];
  isMoving: boolean;
};

/** Answer of `GET /city/state`; the server-sent events carry one part each, with a rising number. */
export type CityState = {
  number: number;
  starting: { name: 'database' | 'redis' | 'people' | 'telegram' | 'slack'; isDone: boolean }[];
  people: CityPerson[];
  phones: Record<string, PhoneState>;
  desks: Record<string, DeskState>;
  inside: InsideState;
  clock: ClockState;
};
