import { alertCards } from './alerts/alert-cards.ts';
import { appointmentCards } from './appointments/appointment-cards.ts';
import { glassCards } from './break-glass/glass-cards.ts';
import { digestCards } from './delivery/digest-card.ts';
import { dutyCards } from './duty/duty-cards.ts';
import { feedbackCards } from './feedback/feedback-cards.ts';
import { homeCards } from './home/home-card.ts';
import { invitationCards } from './invitations/invitation-cards.ts';
import type { Message } from './message.ts';
import { messageCards } from './messages/message-cards.ts';
import { noteCards } from './notes/note-cards.ts';
import type { Person } from './people/person.ts';
import { erasureCards } from './privacy/erasure-cards.ts';
import { requestCards } from './requests/request-cards.ts';
import type { Looks } from './world.ts';

/** For whom a card is drawn. `isNewest` is false for an older copy in the same chat: it shows the state and has no buttons. */
export type CardView = Looks & { viewer: Person; isNewest: boolean; channel: 'telegram' | 'slack' };

/** Draws a card as things stand now; `undefined`: it is not needed any more, or this person may not see it any more. */
export type Card = (subject: string, view: CardView) => Promise<Message | undefined>;

/** Every card by its name; drawn at the moment of sending, and again at each change. */
export const cards = {
  ...alertCards,
  ...noteCards,
  ...appointmentCards,
  ...feedbackCards,
  ...messageCards,
  ...requestCards,
  ...erasureCards,
  ...glassCards,
  ...invitationCards,
  ...dutyCards,
  ...homeCards,
  ...digestCards,
} satisfies Record<string, Card>;

export type CardName = keyof typeof cards;

/** What is said of one appointment, in whatever words: of these only the newest in a chat has buttons. */
const ofOneAppointment: (string | undefined)[] = [
  'appointment',
  'appointment-offers',
  'appointment-tomorrow',
  'appointment-today',
] satisfies CardName[];

/** Two cards on one subject of which the later takes the place of the earlier. */
export const isSameKind = (one: string | undefined, other: string | undefined): boolean =>
  one === other || (ofOneAppointment.includes(one) && ofOneAppointment.includes(other));
