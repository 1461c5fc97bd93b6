import type { Action } from '#core/actions.ts';
import { contactOf, presentFor } from '#core/people/contact.ts';
import { phrase, words } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { type Handler, say } from '../dialogue/turn.ts';
import { phoneSaid } from './phone-said.ts';

/** The person's contact with a number, or who stands in. The number is text: phones make it tappable. */
const myContact: Handler = async (turn) => {
  const contactId = turn.person && (await contactOf(turn.person, turn));
  const contact = contactId && (await turn.store.people.get(contactId));
  if (!contact) return say({ lines: [phrase('home:contact.none')], buttons: [[homeButton]] });
  const { hours, phone } = await turn.store.office.get();
  const { from, to } = turn.settings.workingHours;
  const number = contact.phone ?? phone;
  const present = await presentFor(contact.id, turn);
  const away = present && present.id !== contact.id ? [phrase('write:substitute', { name: present.name })] : [];
  return say({
    lines: [
      phrase('home:contact.card', {
        name: contact.name,
        phone: phoneSaid(number),
        hours: words(hours ?? `${from}–${to}`),
      }),
      ...away,
    ],
    buttons: [[{ label: phrase('home:button.write'), action: 'message.new', opensForm: true }, homeButton]],
  });
};

/** Who coordinates the technician [GUIDE]. */
const myCoordinator: Handler = async (turn) => {
  const id = turn.person?.coordinatorId;
  const coordinator = id && (await turn.store.people.get(id));
  if (!coordinator) return say({ lines: [phrase('people:noCoordinator')], buttons: [[homeButton]] });
  const present = await presentFor(coordinator.id, turn);
  const away = present && present.id !== coordinator.id ? [phrase('write:substitute', { name: present.name })] : [];
  return say({
    lines: [phrase('people:myContacts', { name: coordinator.name, phone: phoneSaid(coordinator.phone) }), ...away],
    buttons: [[homeButton]],
  });
};

export const contactHandlers = {
  myContact,
  myCoordinator,
} satisfies Partial<Record<Action, Handler>>;
