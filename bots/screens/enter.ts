import { abilityOf } from '#core/ability.ts';
import { type Accepted, acceptInvitation, stopped } from '#core/invitations/accept-invitation.ts';
import { codeIn } from '#core/invitations/code.ts';
import type { Button, Message } from '#core/message.ts';
import { missingItems } from '#core/office/set-up-state.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { chosen, form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import type { Answer, Turn } from '../dialogue/turn.ts';
import { homeScreen } from './home.ts';
import { languageButtons } from './language.ts';

/** The code of an invitation, typed. */
export const enterCodeForm = form({
  name: 'enter-code',
  title: phrase('start:modal.code'),
  fields: [{ kind: 'words', key: 'code', ask: phrase('start:link.askCode'), isShort: true, atMost: 60 }],
  submit: (turn, answers) => enter(turn, spoken(answers, 'code').words),
});

/** The light check of a beneficiary's invitation. */
export const checkYearForm = form({
  name: 'check-year',
  title: phrase('start:modal.code'),
  fields: [{ kind: 'words', key: 'year', ask: phrase('start:link.askYear'), isShort: true, atMost: 20 }],
  submit: (turn, answers) => enter(turn, chosen(answers, 'code'), spoken(answers, 'year').words),
});

/** Brings a code through the door and says what came of it. */
export async function enter(turn: Turn, code: string, year?: string): Promise<Answer> {
  const { channel, key, address } = turn.account;
  const language = turn.conversation.language;
  const accepted = await turn.execute(acceptInvitation, {
    code,
    account: { channel, key, address },
    ...(year === undefined ? {} : { year }),
    ...(language ? { language } : {}),
  });
  if (accepted.is === 'refused') return noUse(turn, accepted.phrase, code);
  return answers[accepted.result.is](turn, accepted.result as never, code);
}

/** A text that is nothing but a code: known, or with digits and letters so that it can be nothing else. */
export async function codeTyped({ store }: Turn, text: string): Promise<string | undefined> {
  const code = codeIn(text);
  if (!code) return undefined;
  const canBeNothingElse = /\d/.test(code) && /[A-Z]/.test(code);
  return canBeNothingElse || (await store.invitations.withCode(code)) ? code : undefined;
}

type Answers = {
  [S in Accepted['is']]: (turn: Turn, accepted: Extract<Accepted, { is: S }>, code: string) => Promise<Answer> | Answer;
};

const answers: Answers = {
  linked: (turn, { person, isOtherChat }) => greet(turn, person, isOtherChat),
  askYear: (_turn, _accepted, code) => askYear(code),
  wrongYear: (_turn, _accepted, code) => ({ say: [{ lines: [phrase('start:link.checkFailed')] }], ...askYear(code) }),
  stopped: (turn) => ({ say: [{ lines: [stopped(turn)], buttons: [[toPerson]] }] }),
};

const askYear = (code: string): Answer => ({ open: { form: 'check-year', answers: { code } } });

/** The account is linked: from here on the turn is this person's. */
async function greet(turn: Turn, person: Person, isOtherChat: boolean): Promise<Answer> {
  const isFirstAdmin = person.role === 'admin' && (await missingItems(turn)).includes('coordinator');
  await become(turn, person);
  const language: Message[] = person.isLanguageChosen
    ? []
    : [{ lines: [phrase('start:chooseLanguage')], buttons: [languageButtons()] }];
  const home = await homeScreen(turn);
  return {
    ...home,
    say: [{ lines: [greeting(person, isOtherChat, isFirstAdmin, turn)] }, ...language, ...(home.say ?? [])],
  };
}

function greeting({ role }: Person, isOtherChat: boolean, isFirstAdmin: boolean, { incoming }: Turn): Phrase {
  if (isOtherChat) return phrase(incoming.channel === 'slack' ? 'people:slackLinked' : 'people:telegramLinked');
  if (isFirstAdmin) return phrase('setup:firstAdmin');
  return isStaff(role)
    ? phrase('start:link.doneStaff', { role: phrase(`general:role.${role}`) })
    : phrase('start:link.done');
}

async function become(turn: Turn, person: Person): Promise<void> {
  turn.person = person;
  turn.actor = await askerFor(person, turn);
  turn.ability = abilityOf(turn.actor);
  turn.language = person.language;
  turn.account = { ...turn.account, personId: person.id, language: person.language, epoch: person.epoch };
  turn.conversation.personId = person.id;
}

/** Why a code is no use, with a way on: a new invitation, another try, or a human. */
async function noUse(turn: Turn, why: Phrase, code: string): Promise<Answer> {
  if (why.key === 'start:link.already') return { say: [{ lines: [why], buttons: [[homeButton]] }] };
  const invitation = why.key === 'start:link.unknownCode' ? undefined : await turn.store.invitations.withCode(code);
  const ask: Button = invitation
    ? { label: phrase('start:wide.newInvitation'), action: 'start.newInvitation', subject: invitation.id }
    : { label: phrase('start:wide.code'), action: 'start.invitation', opensForm: true };
  return { say: [{ lines: [why], buttons: [[ask], [turn.person ? homeButton : toPerson]] }] };
}
const toPerson: Button = { label: phrase('general:button.person'), action: 'person' };
