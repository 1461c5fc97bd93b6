import { alertReactions } from './alerts/alert-reactions.ts';
import { appointmentReactions } from './appointments/appointment-reactions.ts';
import { glassReactions } from './break-glass/glass-reactions.ts';
import type { CardName } from './cards.ts';
import { caseReactions } from './cases/case-reactions.ts';
import { deliveryReactions } from './delivery/delivery-reactions.ts';
import type { Lane } from './delivery/outbox.ts';
import type { Instead } from './delivery/take-back.ts';
import type { TimerKind } from './delivery/timer.ts';
import { dutyReactions } from './duty/duty-reactions.ts';
import type { EventOf, Events, EventType } from './events.ts';
import { feedbackReactions } from './feedback/feedback-reactions.ts';
import { fileReactions } from './files/file-reactions.ts';
import type { GlassId, PersonId } from './id.ts';
import { journalReactions } from './journal/journal-reactions.ts';
import type { Message } from './message.ts';
import { messageReactions } from './messages/message-reactions.ts';
import { noteReactions } from './notes/note-reactions.ts';
import { peopleReactions } from './people/people-reactions.ts';
import { erasureReactions } from './privacy/erasure-reactions.ts';
import { requestReactions } from './requests/request-reactions.ts';
import type { Actor } from './use-case.ts';
import type { Deps } from './world.ts';

/**
 * What follows from an event, in the same transaction.
 * `tell`: an own message to one person, that buzzes; a card is drawn anew when it is sent and may then find it is not needed any more.
 * `refresh`: all copies of a card that were sent are edited to the present state. `home`: the person's App Home is drawn again.
 * `takeAway`: what was written to this person is taken out of their chats, as far as these still allow it.
 * `takeBack`: what an urgent access showed is taken out of the chat again.
 * `timer`: a use case the system will call; the same key again moves it. `cancel`: it is not wanted any more.
 * `isOfDay`: what it writes tells the day only, as its instant would lead to whoever acted at that instant.
 */
export type Reaction =
  | {
      do: 'tell';
      to: PersonId;
      card: CardName;
      subject: string;
      lane: Lane;
      at?: Date;
      caseId?: string;
      isOfDay?: true;
    }
  | { do: 'tell'; to: PersonId; message: Message; lane: Lane; at?: Date; isOfDay?: true }
  | {
      do: 'tellAccount';
      account: { channel: 'telegram' | 'slack'; key: string; address: string; language: 'uk' | 'ro' | 'en' };
      message: Message;
      lane: Lane;
    }
  | { do: 'takeAway'; of: PersonId }
  | ({ do: 'takeBack'; of: GlassId } & Instead)
  | { do: 'refresh'; subject: string; isOfDay?: true }
  | { do: 'home'; of: PersonId }
  | { do: 'timer'; key: string; kind: TimerKind; subject: string; at: Date; isOfDay?: true }
  | { do: 'cancel'; key: string };

export type ReactionDeps = Deps & { actor: Actor };
export type Reactions<E> = {
  [T in keyof E]: (event: EventOf<T & EventType>, deps: ReactionDeps) => Promise<Reaction[]> | Reaction[];
};

/** One entry for each event type: a new event without an entry does not compile. */
export const reactions: Reactions<Events> = {
  ...peopleReactions,
  ...dutyReactions,
  ...alertReactions,
  ...caseReactions,
  ...noteReactions,
  ...appointmentReactions,
  ...feedbackReactions,
  ...messageReactions,
  ...fileReactions,
  ...requestReactions,
  ...erasureReactions,
  ...glassReactions,
  ...journalReactions,
  ...deliveryReactions,
};
