import type { Ability } from '#core/ability.ts';
import type { Conversation } from '#core/conversations/conversation-store.ts';
import type { Destination } from '#core/delivery/carry-out.ts';
import type { Lane } from '#core/delivery/outbox.ts';
import type { Outcome } from '#core/execute.ts';
import type { Message } from '#core/message.ts';
import type { Modal } from '#core/modal.ts';
import type { Person } from '#core/people/person.ts';
import type { UseCaseName } from '#core/permissions.ts';
import type { Language, Phrase } from '#core/phrase.ts';
import type { Reaction } from '#core/reactions.ts';
import type { Actor, UseCase } from '#core/use-case.ts';
import type { Deps } from '#core/world.ts';
import type { ReadButton } from './buttons.ts';
import type { FormAnswers, FormName } from './form.ts';
import type { Incoming } from './incoming.ts';

/** One incoming thing being answered: who, where, in which language, and the one door to the rules. */
export type Turn = Deps & {
  incoming: Incoming;
  /** When our mailbox got it. */
  receivedAt: Date | undefined;
  account: Destination;
  person: Person | undefined;
  actor: Actor;
  ability: Ability;
  language: Language;
  /** Changed in place by dialogue; saved with the step. */
  conversation: Conversation;
  execute<N extends UseCaseName, I, R>(useCase: UseCase<N, I, R>, input: NoInfer<I>): Promise<Outcome<R>>;
  /** Opens the token of a pressed button, for this account. */
  openButton(token: string): ReadButton;
  /** A timer or the like that belongs to the talk itself, not to an event. */
  also(reaction: Reaction): void;
};

/** What a button said: its subject, the version that was shown, a small number. */
export type Press = { subject: string; version: number; value: number };

/** What follows for the person. Everything in it is committed with the step; only `toast` is best effort. */
export type Answer = {
  say?: Message[];
  lane?: Lane;
  /** One of many in a short time: said some seconds later, once for all of them. */
  together?: Message;
  /** Takes the place of the message whose button was pressed; where there is none it is said. */
  instead?: Message;
  /** Starts a form: Telegram asks its first question, Slack fills the modal that the tap opened. `why`: what was not right, stands above it. */
  open?: { form: FormName; answers?: FormAnswers; why?: Phrase };
  /** Something to read: Slack shows it in the modal that the tap opened, Telegram says it. */
  show?: { title: Phrase; message: Message };
  /** A whole form or page for Slack; made by dialogue itself. */
  modal?: Modal;
  toast?: Phrase;
  /** Slack: the App Home of somebody not linked; who is on file gets theirs by the reaction `home`. */
  home?: Message;
};

/** An answer to one action of a button. */
export type Handler = (turn: Turn, press: Press) => Promise<Answer>;

/** The usual answers, short. */
export const say = (...messages: Message[]): Answer => ({ say: messages });
export const sayLines = (...lines: Phrase[]): Answer => ({ say: [{ lines }] });
