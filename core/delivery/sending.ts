import type { Message } from '../message.ts';
import type { Modal } from '../modal.ts';
import type { Language } from '../phrase.ts';

/** Bytes of a file that goes with a message. */
export type LoadedFile = {
  kind: 'voice' | 'photo' | 'document' | 'audio' | 'video';
  bytes: Uint8Array;
  name: string;
  mimetype: string;
  seconds?: number;
};

/** One thing to do at one chat, drawn and ready; made from an outbox row by `jobs/deliver`. `drawn`: how it looks there, where it was drawn before. */
export type Delivery = {
  /** Id of the row: Slack carries it in the message's metadata. */
  rowId: string;
  address: string;
  /** The chat's own id of the account; buttons are bound to `telegram:<account>` or `slack:<account>`. */
  account: string;
  language: Language;
  epoch: number;
  now: Date;
  /** A second copy of an urgent message: its first line says "repeat". */
  isMarked: boolean;
} & (
  | { method: 'send'; message: Message; files: LoadedFile[]; drawn?: unknown }
  | { method: 'delete'; target: { chatId: string; messageId: string } }
  | { method: 'edit'; message: Message; target: { chatId: string; messageId: string } }
  | { method: 'home'; message: Message }
  | { method: 'modal'; modal: Modal; view: string }
);

/** What came of one attempt (`delivery.md` 4). `unknown`: bytes went out and no answer came. */
export type Sent =
  | { is: 'sent'; messageId?: string; chatId?: string }
  | { is: 'refused'; why: string; isAddressDead?: boolean; isBotShut?: boolean; movedTo?: string }
  /** `isOfMethod`: the chat has had enough of this method, whoever it was for. `split`: it was too long after all and goes in these parts. */
  | { is: 'not_sent'; why: string; retryAfterSeconds?: number; isOfMethod?: boolean; split?: Halves }
  | { is: 'unknown'; why: string };

export type Send = (delivery: Delivery) => Promise<Sent>;

/** What becomes a row of its own after the first part: drawn already, or a message that is only a file. */
export type Part = { drawn: unknown } | { message: Message };
/** What was too long after all: its first half, and what follows in rows of their own. */
export type Halves = { drawn: unknown; rest: Part[] };

/** Draws a message for its chat: its first part, which suffices alone, and what comes after it. Pure. */
export type Split = (delivery: Extract<Delivery, { method: 'send' }>) => {
  message: Message;
  drawn?: unknown;
  rest: Part[];
};

/** A fetch that knows whether bytes of the request went out; the driver is `infra/http.ts` (`recipes.md` 3). */
export type WatchedFetch = {
  fetch: typeof globalThis.fetch;
  /** Runs one call; `trace` tells afterwards whether anything was written, and the status of the answer. */
  run<T>(trace: { wrote: boolean; status?: number }, call: () => Promise<T>): Promise<T>;
};
