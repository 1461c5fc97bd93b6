import type { Chat, Message, ReplyKeyboardMarkup, User, UserFromGetMe } from '@grammyjs/types';
import type { PhoneState } from '../shapes.ts';
import type { CallRecord } from './calls.ts';
import type { Poll } from './polling.ts';
import type { Profile } from './profile.ts';
import type { OpenQueries } from './queries.ts';
import type { Shelf } from './shelf.ts';
import type { Queue } from './updates.ts';
import type { Webhook } from './webhook.ts';

/** Real milliseconds, kept small by tests; the defaults are Telegram's. */
export type Pace = {
  /** How long "typing" stays: "5 seconds or less", https://core.telegram.org/bots/api#sendchataction */
  typingMs: number;
  /** How long a tap may wait for `answerCallbackQuery`; Telegram publishes no number, about 15 s is observed. */
  queryMs: number;
  /** The first pause between two attempts of a webhook; it doubles. */
  webhookRetryMs: number;
};

/** A word that lies in a phone without network; its id is negative. */
export type WaitingWord = { id: number; at: number; content: Partial<Message> };
/** What a phone without network still has to do, in order: send a word, or something that shows nothing yet. */
export type WaitingAct = { word?: WaitingWord; goOut(): void };

export type Person = {
  user: User;
  personId: string;
  isOnline: boolean;
  hasBlocked: boolean;
  hasStarted: boolean;
  /** The bot has met this account (in a chat or a group): an unmet one is "chat not found". */
  isMet: boolean;
  isDeactivated: boolean;
  homeKeyboard: ReplyKeyboardMarkup | null;
  toast: PhoneState['toast'];
  readUpTo: number;
  /** Real time, `performance.now()`. */
  typingUntil: number;
  waiting: WaitingAct[];
  /** What the phone shows while it is offline. */
  frozen: PhoneState | null;
};

/** A message as the server keeps it. */
export type Kept = {
  message: Message;
  isFromBot: boolean;
  isSilent: boolean;
  /** Sent with a reply keyboard: such a message can no longer be edited. */
  hadReplyKeyboard: boolean;
  hasNewText: boolean;
  tick: 'taken' | 'stored';
};

export type Room = {
  chat: Chat;
  members: Set<number>;
  messages: Map<number, Kept>;
  isBotInside: boolean;
  movedTo?: number;
};

/** All the stand-in knows; every other file is functions over it. */
export type Memory = {
  token: string;
  me: UserFromGetMe;
  now(): number;
  /** Privacy mode off: the bot reads whatever is said in a group. */
  readsWholeGroups: boolean;
  pace: Pace;
  people: Map<number, Person>;
  rooms: Map<number, Room>;
  /** Last message id given; one rising row for private chats and groups. */
  lastMessageId: number;
  shelf: Shelf;
  queue: Queue;
  poll: Poll | null;
  webhook: Webhook;
  queries: OpenQueries;
  profile: Profile;
  calls: CallRecord;
  /** Somebody's phone may show something else now. */
  changed(userId: number): void;
};

export const seconds = (memory: Memory): number => Math.floor(memory.now() / 1000);
