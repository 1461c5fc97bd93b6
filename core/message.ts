import type { Action } from './actions.ts';
import type { FileId } from './id.ts';
import type { Phrase } from './phrase.ts';

/**
 * What is said to one person, before words: phrases, buttons, files. Both chats render it; nothing here knows either.
 * The first line is neutral: it is what a locked screen shows (`delivery.md` 7).
 */
export type Message = {
  lines: Phrase[];
  /** A coloured state in front of a card, never by colour alone. */
  state?: { tone: Tone; word: Phrase };
  /** Short labelled facts of a card: kind, since when, who has it. */
  facts?: { label: Phrase; value: Phrase }[];
  /** Lists of a home screen: what needs somebody, in order of urgency. */
  sections?: Section[];
  /** Steps of a card: Slack shows them in the thread, Telegram below. */
  steps?: Phrase[];
  buttons?: Button[][];
  /** The fixed keyboard of the home screen (Telegram); Slack has App Home instead. */
  keyboard?: Phrase[][];
  files?: FileId[];
  place?: { latitude: number; longitude: number; title: Phrase; address: Phrase };
  calendar?: { appointmentId: string };
  /** A link that is also sent as a picture to be scanned (QR). */
  qr?: string;
  /** Content of a case: the chat is asked not to let it be forwarded. */
  isProtected?: boolean;
  /** Sent without a sound. */
  isSilent?: boolean;
};

/** One heading of a home screen. `more`: how many stand behind it that are not shown. */
export type Section = { title: Phrase; count: number; empty?: Phrase; items: SectionItem[]; open?: Button };
export type SectionItem = { lines: Phrase[]; tone?: Tone; buttons: Button[] };

export type Tone = 'red' | 'amber' | 'blue' | 'green' | 'grey';

export type Button = { label: Phrase; style?: 'primary' | 'danger' } & (
  | {
      action: Action;
      /** Id the action is about; 24 hexadecimal characters. */
      subject?: string;
      /** Version of the subject that was shown; a button acts only as of what was shown. */
      version?: number;
      /** A small number, for example the index of a choice (0 to 65535). */
      value?: number;
      /** Slack opens the form as a modal at once; Telegram asks step by step. */
      opensForm?: boolean;
    }
  | { url: string }
  | { call: string }
  | { copy: string }
);
