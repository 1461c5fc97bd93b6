import type { Message } from './message.ts';
import type { Phrase } from './phrase.ts';

/** A form as one page, or something to read: what `slack/render` makes a view of. Plain data, sealed in the outbox. */
export type Modal =
  | {
      is: 'form';
      run: string;
      title: Phrase;
      above: Phrase[];
      submit: Phrase;
      fields: ModalField[];
      /** What was not right, when it is asked again. */
      why?: Phrase;
      /** Sent, its window stays and shows what came of it. */
      staysOpen?: boolean;
    }
  | { is: 'reading'; title: Phrase; message: Message };

export type ModalField = {
  key: string;
  ask: Phrase;
  kind: 'choice' | 'words' | 'moment' | 'phone';
  isOptional: boolean;
  /** Words or a file, one of them must be there. */
  mustSay?: boolean;
  /** Of a moment: on which side of now it must lie. */
  side?: 'future' | 'past';
  isShort?: boolean;
  /** Of a moment: no hour is asked. */
  isDay?: boolean;
  mayHaveFiles?: boolean;
  atMost?: number;
  options?: { value: string; label: Phrase }[];
  initial?: string;
};
