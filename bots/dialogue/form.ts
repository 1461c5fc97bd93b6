import type { FileId } from '#core/id.ts';
import { day, type Moment, type Phrase, when } from '#core/phrase.ts';
import type { Answer, Turn } from './turn.ts';

/** Every form of the house. */
export type FormName =
  | 'raise-alert'
  | 'add-to-alert'
  | 'decide-alert'
  | 'hand-over-alert'
  | 'close-alert'
  | 'visit-report'
  | 'return-note'
  | 'correct-note'
  | 'validate-note'
  | 'book-appointment'
  | 'offer-times'
  | 'move-appointment'
  | 'ask-for-appointment'
  | 'ask-to-move'
  | 'confirm-booking'
  | 'feedback-sentence'
  | 'answer-feedback'
  | 'write-message'
  | 'answer-message'
  | 'call-me'
  | 'tell-helpers'
  | 'ask-support'
  | 'enter-code'
  | 'check-year'
  | 'invite-staff'
  | 'open-person'
  | 'name-coordinator'
  | 'assign-technician'
  | 'ask-for-erasure'
  | 'set-duty'
  | 'set-absence'
  | 'set-last-resort'
  | 'find-case'
  | 'break-glass'
  | 'add-to-request'
  | 'decline-request';

/** A person's words with what was sent along; a voice alone is enough where words are asked. */
export type Spoken = {
  words: string;
  files: FileId[];
  /** Only files that came before their question, which is still asked. */
  isEarly?: boolean;
};

/** Answers by field key: the value of a choice, words, or an instant (ISO). Subjects are put in at the opening. */
export type FormAnswers = Record<string, string | Spoken>;

export type Option = { value: string; label: Phrase };

type Asked = {
  key: string;
  ask: Phrase | ((turn: Turn, answers: FormAnswers) => Promise<Phrase> | Phrase);
  /** The same in Slack's window, where all questions stand at once and day and hour are two fields. */
  askOnPage?: Phrase;
  /** Said above the question, for example 112. */
  above?: (turn: Turn, answers: FormAnswers) => Phrase[];
  /** May be passed over. */
  isOptional?: boolean;
  /** Asked only if true. In Slack's modal the field is always there, so its `submit` must bear a value that was not asked. */
  when?: (answers: FormAnswers) => boolean;
  /** Short name of the part in the play-back and on "Change: …". */
  label?: Phrase;
};

export type Field =
  | (Asked & {
      kind: 'choice';
      options: (turn: Turn, answers: FormAnswers) => Promise<Option[]> | Option[];
      columns?: 1 | 2 | 3 | 5 /** Typed words look for options. */;
      search?: (turn: Turn, text: string) => Promise<Option[]>;
    })
  | (Asked & {
      kind: 'words' /** `voice`: what is spoken only; a photo goes to the question before. */;
      mayHaveFiles?: boolean | 'voice' /** UTF-16 units, 4000 by default. */;
      atMost?: number;
      isShort?: boolean;
    })
  /** An instant: date and hour, read from words or picked; `direction` says on which side of now it must lie. */
  | (Asked & {
      kind: 'moment';
      direction:
        | 'future'
        | 'past'
        | 'any' /** Only the day counts: no hour is asked, it stands for its first minute. */;
      isDay?: boolean;
    })
  | (Asked & { kind: 'phone' });

/**
 * A form: fields, what is done with the answers, what is said after. Written once: Telegram asks field by field, Slack shows a modal.
 * Answers are kept as they come, so that it goes on after days and after a new version of the program.
 */
export type Form = {
  name: FormName;
  title: Phrase;
  fields: Field[];
  /** Shows everything with a Change button per part before it is sent. */
  hasPlayback?: boolean;
  submitLabel?: Phrase;
  submit: (turn: Turn, answers: FormAnswers) => Promise<Answer>;
  /** A voice or a photo answers its question for good and the form goes on at once, with no button to forget. */
  isSentAtOnce?: boolean;
  /** Tapped twice, what opens it asks once (Telegram). */
  isAskedOnce?: boolean;
  /** A draft is offered again when the form is opened, instead of beginning anew (Telegram). */
  isResumable?: boolean;
  /** Opens with its answers filled in: play-back first in Telegram, all fields in Slack's modal. */
  isCorrection?: boolean;
  /** Slack: its window stays when it is sent and shows what came of it, or asks again; for what ends in something to read. */
  staysOpen?: boolean;
  /** What a draft sets in motion as its answers come, for example a reminder. */
  onDraft?: (turn: Turn, run: string, answers: FormAnswers) => void;
  /** When the form is on danger to life and left alone it is sent as it stands. */
  isRaisedIfLeft?: (answers: FormAnswers) => boolean;
};

export const form = (definition: Form): Form => definition;

/** The value of a choice or an instant; empty when it was passed over. */
export const chosen = (answers: FormAnswers, key: string): string => {
  const answer = answers[key];
  return typeof answer === 'string' ? answer : '';
};

/** The answer of a moment as it is read back: a day, or a day and an hour. */
export const momentOf = ({ isDay }: Extract<Field, { kind: 'moment' }>, at: Date): Moment =>
  isDay ? day(at) : when(at);

/** Words and files of a field; empty when it was passed over. */
export const spoken = (answers: FormAnswers, key: string): Spoken => {
  const answer = answers[key];
  return typeof answer === 'object' ? { words: answer.words, files: answer.files } : { words: '', files: [] };
};
