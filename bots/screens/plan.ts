import type { Action } from '#core/actions.ts';
import { contactOf } from '#core/people/contact.ts';
import { phrase } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { type Handler, sayLines } from '../dialogue/turn.ts';
import { notLinked } from './doors.ts';

/** Says truthfully that the plan is not here yet, and whom to ask. */
const plan: Handler = async ({ person, store }) => {
  if (!person) return notLinked();
  if (isStaff(person.role)) return sayLines(phrase('work:notHere'));
  const contactId = await contactOf(person, { store });
  const contact = contactId && (await store.people.get(contactId));
  const line = contact ? phrase('plan:notHere', { name: contact.name }) : phrase('plan:notHereNoContact');
  return {
    say: [
      {
        lines: [line],
        buttons: [[{ label: phrase('plan:button.ask'), action: 'message.new' }], [homeButton]],
      },
    ],
  };
};

export const planHandlers = { plan } satisfies Partial<Record<Action, Handler>>;
