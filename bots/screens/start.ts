import type { Action } from '#core/actions.ts';
import { InvitationId } from '#core/id.ts';
import { askForInvitation } from '#core/invitations/ask-for-invitation.ts';
import { helplinesFor } from '#core/language/helplines.ts';
import type { Button, Message } from '#core/message.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, say, type Turn } from '../dialogue/turn.ts';
import { doors } from './doors.ts';
import { enter } from './enter.ts';
import { homeScreen } from './home.ts';
import { languageButtons } from './language.ts';
import { phoneSaid } from './phone-said.ts';

/** First contact, or a link with a code. Somebody on file is at home; a stranger gets the languages, then the three doors. */
export async function begin(turn: Turn, code: string | undefined): Promise<Answer> {
  if (code) return withCode(turn, code);
  if (turn.person) return homeScreen(turn);
  if (turn.incoming.channel === 'slack') return slackDoor(turn);
  return turn.conversation.language ? say(threeDoors()) : say(await hello(turn));
}

/** Who a link brings here hears first who we are. */
async function withCode(turn: Turn, code: string): Promise<Answer> {
  if (turn.person) return enter(turn, code);
  const { lines } = await hello(turn);
  const entered = await enter(turn, code);
  return { ...entered, say: [{ lines: lines.slice(0, -1) }, ...(entered.say ?? [])] };
}

/** Whose bot this is, that a program answers and a human reads, that it is free; 112; the languages by their own names. */
async function hello(turn: Turn): Promise<Message> {
  const { name } = await turn.store.office.get();
  return {
    lines: [
      phrase('start:hello', { office: words(name ?? '—') }),
      ...(await controller(turn)),
      phrase('start:chooseLanguage'),
    ],
    buttons: [languageButtons()],
  };
}

const threeDoors = (): Message => ({
  lines: [phrase('start:doors.ask'), phrase('start:doors.explain')],
  buttons: [...doors.map((door) => [door]), [{ label: phrase('home:wide.language'), action: 'language' }]],
});

/** Slack is the staff's: its page for somebody not linked asks for the code. Said as a message too when they wrote. */
async function slackDoor(turn: Turn): Promise<Answer> {
  const { name } = await turn.store.office.get();
  const page: Message = {
    lines: [phrase('start:hello', { office: words(name ?? '—') }), phrase('slack:notLinked')],
    buttons: [
      [{ label: phrase('start:wide.code'), action: 'start.invitation', style: 'primary', opensForm: true }],
      languageButtons(),
    ],
  };
  const isOnHome = turn.incoming.kind === 'home' || (turn.incoming.kind === 'button' && !turn.incoming.message);
  return { home: page, ...(isOnHome ? {} : { say: [page] }) };
}

/** "Just ask": who we are, when we are open, whom one can call. Nothing about the asker is kept. */
const justAsk: Handler = async (turn, { value }) => {
  const back: Button[] = [{ label: phrase('general:button.person'), action: 'person' }, homeButton];
  if (value === askHours) return say({ lines: [await about(turn), ...(await controller(turn))], buttons: [back] });
  if (value === askNumbers)
    return say({
      lines: [phrase('emergency:call112'), phrase('emergency:helplines'), ...numbers(turn)],
      buttons: [back],
    });
  return say({
    lines: [phrase('just-asking:intro')],
    buttons: [
      [{ label: phrase('just-asking:wide.hours'), action: 'start.ask', value: askHours }],
      [{ label: phrase('just-asking:wide.numbers'), action: 'start.ask', value: askNumbers }],
      back,
    ],
  });
};
export const askHours = 1;
const askNumbers = 2;

async function about({ store, settings }: Turn): Promise<Phrase> {
  const { hours, phone } = await store.office.get();
  const { from, to } = settings.workingHours;
  return phrase('start:about', { hours: words(hours ?? `${from}–${to}`), phone: phoneSaid(phone) });
}

/** Who answers for their data, where the office has said so. */
async function controller({ store }: Turn): Promise<Phrase[]> {
  const { controller: name, controllerContact: contact } = await store.office.get();
  return name && contact ? [phrase('privacy:controller', { name: words(name), contact: words(contact) })] : [];
}

const numbers = ({ language }: Turn): Phrase[] =>
  [...new Set((['violence', 'child', 'suicide', 'trafficking'] as const).flatMap((category) => helplinesFor(category)))]
    .filter(({ number }) => number !== '112')
    .map(({ number, name }) => phrase('emergency:helpline.line', { number, name: name[language] }));

/** The holder of a code that is no use asks for a new one; the contact on file is told. */
const newInvitation: Handler = async (turn, { subject }) => {
  const asked = await turn.execute(askForInvitation, { invitationId: InvitationId.parse(subject) });
  if (asked.is === 'refused') return refusalSaid(turn, asked);
  const { phone } = await turn.store.office.get();
  return say({
    lines: [phone ? phrase('start:link.asked', { phone: phoneSaid(phone) }) : phrase('start:link.askedNoPhone')],
  });
};

export const startHandlers = {
  'start.ask': justAsk,
  'start.invitation': async () => ({ open: { form: 'enter-code' as const } }),
  'start.support': async () => ({ open: { form: 'ask-support' as const } }),
  'start.newInvitation': newInvitation,
} satisfies Partial<Record<Action, Handler>>;
