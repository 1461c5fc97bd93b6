import type { Channel } from '#core/roles.ts';

/** A file as a chat names it; its bytes are fetched later, by a job. */
export type IncomingFile = {
  kind: 'voice' | 'photo' | 'document' | 'audio' | 'video';
  /** Telegram file id, or Slack file id. */
  ref: string;
  /** Slack: the private address. */
  url?: string;
  name?: string;
  mimetype?: string;
  /** Bytes as declared by the chat. */
  size?: number;
  seconds?: number;
};

/** The message a button stood under: for Telegram its id in the chat, for Slack channel and ts. */
export type MessageRef = { chatId: string; messageId: string };

/** Values of a Slack modal by field key: text, option value, ISO local date-time, files. */
export type FormValues = Record<string, { text?: string; choice?: string; local?: string; files?: IncomingFile[] }>;

/** The one shape of all a person can send, whichever chat it came from. `key` is unique: the same again changes nothing. */
export type Incoming = {
  key: string;
  channel: Channel;
  /** The lane: one account, `telegram:<blind>`; items of a lane are worked on in order. */
  lane: string;
  account: { key: string; address: string };
  /** What the chat says of the account: a name and a language code, for a first guess only. */
  name?: string;
  languageCode?: string;
} & IncomingKind;

export type IncomingKind =
  | { kind: 'text'; text: string; message: MessageRef; isEdited: boolean; isForwarded: boolean; isTooLong?: boolean }
  /** The first contact, or a link with a code. */
  | { kind: 'start'; code?: string }
  | { kind: 'button'; token: string; message?: MessageRef; callbackId?: string; view?: string; shown?: string }
  | { kind: 'files'; files: IncomingFile[]; caption: string; message: MessageRef; albumId?: string }
  | { kind: 'place'; latitude: number; longitude: number; message: MessageRef }
  /** `of`: the name on the card. */
  | { kind: 'contact'; phone: string; isOwn: boolean; of?: string }
  | { kind: 'sticker'; emoji?: string }
  | { kind: 'unsupported' }
  /** A submitted modal; `run` names the filling-in of the form, `view` the window that waits for what comes of it. */
  | { kind: 'form'; run: string; values: FormValues; view?: string }
  | { kind: 'home' }
  | { kind: 'command'; command: string; text: string; view?: string }
  | { kind: 'shortcut'; callbackId: string; text: string; files?: IncomingFile[]; view?: string }
  | { kind: 'blocked' }
  | { kind: 'unblocked' }
  /** Written in a group or channel: answered with one neutral line, read by nobody. */
  | { kind: 'elsewhere'; chatId: string; isAddressed: boolean; callbackId?: string }
  /** A bot, our own echo, a service message: a silent record. */
  | { kind: 'ignored' };
