import { alertSection } from '../alerts/alert-section.ts';
import { appointmentsToday, appointmentsToSettle } from '../appointments/appointment-section.ts';
import type { Card, CardView } from '../cards.ts';
import type { Message, Section } from '../message.ts';
import { messageSection } from '../messages/message-section.ts';
import { dutySection } from '../duty/duty-section.ts';
import { feedbackSection } from '../feedback/feedback-section.ts';
import { invitationSection } from '../invitations/invitation-section.ts';
import { notesToValidate, returnedNotes, sheetsDue } from '../notes/note-section.ts';
import { setUpSection } from '../office/set-up-section.ts';
import { date, phrase } from '../phrase.ts';
import { requestSection } from '../requests/request-section.ts';

/** One heading of "what needs me now"; `undefined` when it is not this person's. In the order of `experience.md` 4. */
export type SectionOf = (view: CardView) => Promise<Section | undefined>;

const sectionsOf: SectionOf[] = [alertSection, notesToValidate, requestSection, messageSection, returnedNotes, sheetsDue, appointmentsToSettle, feedbackSection, appointmentsToday, setUpSection, dutySection, invitationSection];

/** "What needs me now": App Home in Slack and the home message in Telegram show the same list. */
export const homeCards = {
  home: async (_subject, view) => homeOf(view),
} satisfies Record<string, Card>;

/** Draws the home of one person on staff. */
export async function homeOf(view: CardView): Promise<Message> {
  const sections: Section[] = [];
  for (const sectionOf of sectionsOf) {
    const section = await sectionOf(view);
    if (section) sections.push(section);
  }
  const isQuiet = sections.every(({ count }) => count === 0);
  return { lines: [title(view), ...(isQuiet ? [phrase('coordinator:nothing')] : [])], sections };
}

const title = ({ viewer, now }: CardView) => (viewer.role === 'technician' ? phrase('home:technician.title', { date: date(now) }) : phrase('coordinator:title'));
