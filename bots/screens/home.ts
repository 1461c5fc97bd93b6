import type { Action } from '#core/actions.ts';
import { homeOf } from '#core/home/home-card.ts';
import type { Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { homeButton } from '../dialogue/home-button.ts';
import type { Answer, Handler, Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { begin } from './start.ts';

/** The home of whoever asks: four large keys for a beneficiary, "what needs me now" for staff, the three doors for a stranger. */
export async function homeScreen(turn: Turn): Promise<Answer> {
  const { person } = turn;
  if (!person) return begin(turn, undefined);
  if (!isStaff(person.role))
    return { say: [{ lines: [phrase('home:beneficiary.title'), ...mayBeLost(turn)], keyboard: keyboardOf(person) }] };
  if (isAtHome(turn)) return refreshHome(turn);
  return { say: [await staffHome(turn, person)] };
}

/** A message to them may not have arrived: they hear that much. */
const mayBeLost = ({ conversation }: Turn): Phrase[] => (conversation.hasUnsure ? [phrase('digest:mayBeLost')] : []);

/** In Slack the App Home is the home; whoever asks for it in the talk gets it as a message, or the word would stay without an answer. */
const isAtHome = ({ incoming }: Turn): boolean =>
  incoming.channel === 'slack' && incoming.kind !== 'text' && !('message' in incoming && incoming.message);

async function staffHome(turn: Turn, person: Person): Promise<Message> {
  const { channel } = turn.incoming;
  return {
    ...(await homeOf(viewOf(turn, person))),
    ...(channel === 'telegram' ? { keyboard: keyboardOf(person) } : {}),
    isProtected: true,
  };
}

/** Draws the App Home again; somebody not linked gets the page on which a code is entered. */
export async function refreshHome(turn: Turn): Promise<Answer> {
  if (!turn.person) return begin(turn, undefined);
  turn.also({ do: 'home', of: turn.person.id });
  return {};
}

/** The fixed keyboard; the same words for ever. */
export function keyboardOf({ role }: Pick<Person, 'role'>): Phrase[][] {
  if (role === 'technician')
    return [
      [phrase('home:button.alert'), phrase('home:button.newNote')],
      [phrase('home:button.cases'), phrase('home:button.today')],
      [phrase('home:button.guide'), phrase('general:button.more')],
    ];
  if (role === 'coordinator' || role === 'supervisor')
    return [
      [phrase('home:button.alert'), phrase('home:button.cases')],
      [phrase('home:button.duty'), phrase('general:button.more')],
    ];
  if (role === 'admin')
    return [
      [phrase('home:button.people'), phrase('home:button.duty')],
      [phrase('home:button.texts'), phrase('general:button.more')],
    ];
  return [
    [phrase('home:button.appointments'), phrase('home:button.plan')],
    [phrase('home:button.write'), phrase('home:button.urgent')],
    [phrase('general:button.more')],
  ];
}

/** "No" to a question: it says so where the question stood. */
const unchanged: Handler = async () => ({
  instead: { lines: [phrase('general:unchanged')], buttons: [[homeButton]] },
});

export const homeHandlers = {
  home: homeScreen,
  unchanged,
} satisfies Partial<Record<Action, Handler>>;
