import { alertSection } from '../alerts/alert-section.ts';
import { appointmentsToday, appointmentsToSettle } from '../appointments/appointment-section.ts';
import { glassSection } from '../break-glass/glass-section.ts';
import type { Card, CardView } from '../cards.ts';
import { unsureSection } from '../delivery/unsure-section.ts';
import { dutySection } from '../duty/duty-section.ts';
import { feedbackSection } from '../feedback/feedback-section.ts';
import { invitationSection } from '../invitations/invitation-section.ts';
import type { Button, Message, Section } from '../message.ts';
import { messageSection } from '../messages/message-section.ts';
import { notesToValidate, returnedNotes, sheetsDue } from '../notes/note-section.ts';
import { setUpSection } from '../office/set-up-section.ts';
import { date, phrase } from '../phrase.ts';
import { erasureSection } from '../privacy/erasure-section.ts';
import { requestSection } from '../requests/request-section.ts';

/** One heading of "what needs me now"; `undefined` when it is not this person's. In the order of `experience.md` 4. */
export type SectionOf = (view: CardView) => Promise<Section | undefined>;

const sectionsOf: SectionOf[] = [
  alertSection,
  notesToValidate,
  requestSection,
  glassSection,
  erasureSection,
  messageSection,
  returnedNotes,
  sheetsDue,
  appointmentsToSettle,
  feedbackSection,
  appointmentsToday,
  setUpSection,
  unsureSection,
  dutySection,
  invitationSection,
];

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
  const shown = sections.filter(({ count, open }, index) => index === 0 || count > 0 || open);
  const isQuiet = sections.every(({ count }) => count === 0);
  return {
    lines: [title(view), ...(isQuiet ? [phrase('coordinator:nothing')] : [])],
    sections: shown,
    ...(view.channel === 'slack' ? { buttons: doors(view) } : {}),
  };
}

const title = ({ viewer, now }: CardView) =>
  viewer.role === 'technician' ? phrase('home:technician.title', { date: date(now) }) : phrase('coordinator:title');

/** What the fixed keyboard opens in Telegram stands on top of the App Home in Slack. */
function doors({ viewer: { role } }: CardView): Button[][] {
  const alert: Button = { label: phrase('home:button.alert'), action: 'alert.new', opensForm: true };
  const cases: Button = { label: phrase('home:button.cases'), action: 'case.list', opensForm: true };
  const duty: Button = { label: phrase('home:button.duty'), action: 'duty.show', opensForm: true };
  const more: Button = { label: phrase('general:button.more'), action: 'more', opensForm: true };
  const people: Button = { label: phrase('home:button.people'), action: 'people.list', opensForm: true };
  if (role === 'technician')
    return [[alert, { label: phrase('home:button.newNote'), action: 'note.new', opensForm: true }, cases, more]];
  if (role === 'admin')
    return [[people, duty, { label: phrase('home:button.texts'), action: 'texts.show', opensForm: true }, more]];
  if (role === 'supervisor') return [[alert, people, duty, more]];
  return [
    [alert, cases, { label: phrase('home:button.newPerson'), action: 'people.open', opensForm: true }, duty, more],
  ];
}
