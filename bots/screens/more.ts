import type { Action } from '#core/actions.ts';
import type { Button, Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import { isStaff, type PersonRole } from '#core/roles.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { breakGlassButton } from '../dialogue/refused.ts';
import type { Handler, Turn } from '../dialogue/turn.ts';
import { askHours, begin } from './start.ts';

/** ☰: what is needed seldom, by role. */
const more: Handler = async (turn) => {
  const { person } = turn;
  if (!person) return begin(turn, undefined);
  const stopped = person.hasStopped ? [phrase('stop:stillStopped')] : [];
  const message: Message = {
    lines: [phrase('general:choose'), ...stopped],
    buttons: (await buttonsFor(person, turn)).map((button) => [button]),
  };
  return { show: { title: phrase('general:button.more'), message } };
};

async function buttonsFor(person: Person, turn: Turn): Promise<Button[]> {
  return [
    ...ofRole[person.role],
    ...(await backFromAbsence(person, turn)),
    language,
    ...otherChat(person),
    person.hasStopped ? resume : stop,
    homeButton,
  ];
}

const opens = (label: Button['label'], action: Action): Button => ({ label, action, opensForm: true });

const contact: Button = { label: phrase('home:wide.contact'), action: 'myContact' };
const aboutUs: Button = { label: phrase('home:wide.about'), action: 'start.ask', value: askHours };
const absence = opens(phrase('home:button.absence'), 'duty.absence');
const unlinked: Button = { label: phrase('invitations:wide.waiting'), action: 'people.unlinked' };
const language: Button = { label: phrase('home:wide.language'), action: 'language' };
const stop: Button = { label: phrase('stop:wide.stop'), action: 'stop.ask' };
const resume: Button = { label: phrase('stop:button.resume'), action: 'stop.resume' };
const ofRole: Record<PersonRole, Button[]> = {
  beneficiary: [contact, aboutUs],
  guardian: [contact, aboutUs],
  partner: [aboutUs],
  technician: [{ label: phrase('people:wide.myCoordinator'), action: 'myCoordinator' }],
  coordinator: [
    opens(phrase('home:button.newPerson'), 'people.open'),
    { label: phrase('home:button.myTeam'), action: 'people.list' },
    unlinked,
    breakGlassButton(),
    absence,
  ],
  supervisor: [
    breakGlassButton(),
    { label: phrase('home:button.people'), action: 'people.list' },
    opens(phrase('duty:button.absence'), 'duty.absence'),
  ],
  admin: [
    opens(phrase('home:button.inviteStaff'), 'people.invite'),
    unlinked,
    opens(phrase('home:button.lastResort'), 'duty.lastResort'),
    { label: phrase('home:button.setup'), action: 'setup.show' },
    opens(phrase('privacy:wide.eraseCase'), 'erasure.ask'),
  ],
};

async function backFromAbsence({ id, role }: Person, { store, now }: Turn): Promise<Button[]> {
  if (role !== 'coordinator' && role !== 'supervisor') return [];
  return (await store.absences.of(id, now)) ? [{ label: phrase('duty:absence.button.end'), action: 'duty.back' }] : [];
}

/** Staff may have both chats; who has one is offered the other. */
function otherChat({ role, accounts }: Person): Button[] {
  if (!isStaff(role) || accounts.length > 1) return [];
  const hasSlack = accounts.some(({ channel }) => channel === 'slack');
  return [
    { label: phrase(hasSlack ? 'people:button.telegramCode' : 'people:button.slackCode'), action: 'people.slackCode' },
  ];
}

export const moreHandlers = { more } satisfies Partial<Record<Action, Handler>>;
