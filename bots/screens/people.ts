import { filterFor, may } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import { PersonId } from '#core/id.ts';
import { shownCode } from '#core/invitations/code.ts';
import { invitationItem } from '#core/invitations/invitation-section.ts';
import { linkOtherChat } from '#core/invitations/link-other-chat.ts';
import { reissueInvitation } from '#core/invitations/reissue-invitation.ts';
import { revokeInvitation } from '#core/invitations/revoke-invitation.ts';
import type { Button, Message, SectionItem } from '#core/message.ts';
import { closeAccess } from '#core/people/close-access.ts';
import { contactOf, personSubject } from '#core/people/contact.ts';
import { cutAccount } from '#core/people/cut-account.ts';
import { type Person, reachable } from '#core/people/person.ts';
import type { UseCaseName } from '#core/permissions.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { type Channel, channels } from '#core/roles.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { invitationReady } from './invitation.ts';
import { newPerson } from './people-forms.ts';
import { phoneSaid } from './phone-said.ts';
import { yes } from './sure.ts';

/** Staff for those who keep it, the own technicians for a coordinator. */
const list: Handler = async (turn) => {
  const isKeeper = may(turn.ability, 'list-people', { id: 'office' });
  const people = isKeeper ? await turn.store.people.staff() : await team(turn);
  const title = phrase(isKeeper ? 'people:title' : 'people:myTeam');
  const message: Message = {
    lines: [title],
    sections: [
      {
        title,
        count: people.length,
        empty: phrase(isKeeper ? 'people:none' : 'people:noTeam'),
        items: people.slice(0, 40).map(row),
      },
    ],
    buttons: [...(may(turn.ability, 'invite-staff', { id: 'office' }) ? [[invite]] : []), [homeButton]],
  };
  return { show: { title, message } };
};

async function team({ store, actor }: Turn): Promise<Person[]> {
  const people: Person[] = [];
  for (const id of actor.actsFor) people.push(...(await store.people.techniciansOf(id)));
  return people;
}

const row = (person: Person): SectionItem => ({
  lines: [
    phrase('people:row', {
      name: person.name,
      role: phrase(`general:role.${person.role}`),
      state: phrase(stateOf(person)),
    }),
  ],
  buttons: [{ label: phrase('general:button.details'), action: 'people.show', subject: person.id, opensForm: true }],
});

const stateOf = (person: Person) =>
  person.status === 'active' && reachable(person).length === 0
    ? 'people:state.unreachable'
    : (`people:state.${person.status}` as const);

const invite: Button = {
  label: phrase('home:button.inviteStaff'),
  action: 'people.invite',
  style: 'primary',
  opensForm: true,
};

/** One person on a card, with what this asker may do. */
const show: Handler = async (turn, { subject }) => {
  const person = await turn.store.people.get(subject);
  const asked = person && (await personSubject(person.id, turn));
  if (!person || !asked || !may(turn.ability, 'read-person', asked))
    return { toast: phrase('refusals:gone'), ...sayLines(phrase('refusals:gone')) };
  return { show: { title: phrase('general:plain', { text: person.name }), message: await card(person, turn) } };
};

async function card(person: Person, turn: Turn): Promise<Message> {
  const coordinatorId = await contactOf(person, turn);
  const coordinator = coordinatorId && (await turn.store.people.get(coordinatorId));
  const text = (value: string): Phrase => phrase('general:plain', { text: words(value) });
  return {
    lines: [phrase('general:plain', { text: person.name })],
    facts: [
      { label: phrase('people:label.role'), value: phrase(`general:role.${person.role}`) },
      { label: phrase('people:label.state'), value: phrase(stateOf(person)) },
      { label: phrase('people:label.phone'), value: phrase('general:plain', { text: phoneSaid(person.phone) }) },
      { label: phrase('people:label.language'), value: phrase(`general:languageName.${person.language}`) },
      ...(coordinator ? [{ label: phrase('people:label.coordinator'), value: text(coordinator.name) }] : []),
      ...(person.placeCode ? [{ label: phrase('people:label.place'), value: text(person.placeCode) }] : []),
    ],
    buttons: await buttonsFor(person, turn),
  };
}

async function buttonsFor(person: Person, turn: Turn): Promise<Button[][]> {
  const asked = await personSubject(person.id, turn);
  const can = (useCase: UseCaseName) => asked !== undefined && may(turn.ability, useCase as 'close-access', asked);
  const isThere = person.status !== 'left';
  const about = { subject: person.id as string };
  const hasUnused = (await turn.store.invitations.unusedOf(person.id)).length > 0;
  return [
    ...(isThere && can('reissue-invitation')
      ? [[{ label: phrase('invitations:button.reissue'), action: 'people.reissue' as const, ...about }]]
      : []),
    ...(hasUnused && can('revoke-invitation')
      ? [[{ label: phrase('invitations:button.revoke'), action: 'people.revoke' as const, ...about }]]
      : []),
    ...(isThere && person.role === 'technician' && can('name-coordinator')
      ? [
          [
            {
              label: phrase('people:button.changeCoordinator'),
              action: 'people.coordinator' as const,
              ...about,
              opensForm: true,
            },
          ],
        ]
      : []),
    ...(can('cut-account') ? cutButtons(person) : []),
    ...(isThere && can('close-access')
      ? [
          [
            {
              label: phrase('people:button.closeAccess'),
              action: 'people.close' as const,
              ...about,
              style: 'danger' as const,
            },
          ],
        ]
      : []),
    [{ label: phrase('people:title'), action: 'people.list' }, homeButton],
  ];
}

/** One for each chat that is linked. */
const cutButtons = ({ id, accounts }: Person): Button[][] =>
  channels
    .filter((channel) => accounts.some((account) => account.channel === channel))
    .map((channel) => [
      {
        label: phrase(`people:button.lostPhone.${channel}`),
        action: 'people.lostPhone',
        subject: id,
        value: channels.indexOf(channel) + askCut,
      },
    ]);

/** Asks first, as the old one becomes void; then makes a new one. */
const reissue: Handler = async (turn, { subject, value }) => {
  const personId = PersonId.parse(subject);
  if (value !== yes)
    return asking(turn, personId, 'invitations:reissue.ask', {
      action: 'people.reissue',
      label: phrase('invitations:button.reissue'),
    });
  const made = await turn.execute(reissueInvitation, { personId });
  if (made.is === 'refused') return refusalSaid(turn, made);
  return { instead: { lines: [phrase('invitations:reissue.done')] }, say: await invitationReady(turn, made.result) };
};

const revoke: Handler = async (turn, { subject, value }) => {
  const personId = PersonId.parse(subject);
  if (value !== yes)
    return asking(turn, personId, 'invitations:revoke.ask', {
      action: 'people.revoke',
      label: phrase('invitations:button.revokeYes'),
    });
  const revoked = await turn.execute(revokeInvitation, { personId });
  if (revoked.is === 'refused') return refusalSaid(turn, revoked);
  return { instead: { lines: [phrase('invitations:revoke.done', { name: revoked.result.name })] } };
};

const close: Handler = async (turn, { subject, value }) => {
  const personId = PersonId.parse(subject);
  if (value !== yes)
    return asking(turn, personId, 'admin:access.close', {
      action: 'people.close',
      label: phrase('people:button.closeAccessYes'),
    });
  const closed = await turn.execute(closeAccess, { personId });
  if (closed.is === 'refused') return refusalSaid(turn, closed);
  return { instead: { lines: [phrase('admin:access.closed', { name: closed.result.name })] } };
};

/** Numbers of the question and of its answer; the chat is added to them. */
const askCut = 10;
const yesCut = 20;

const lostPhone: Handler = async (turn, { subject, value }) => {
  const personId = PersonId.parse(subject);
  const isSure = value >= yesCut;
  const channel = channels[value - (isSure ? yesCut : askCut)];
  const person = await turn.store.people.get(personId);
  if (!channel || !person) return sayLines(phrase('refusals:gone'));
  if (!isSure) return asksToCut(person, channel);
  const cut = await turn.execute(cutAccount, { personId, channel });
  if (cut.is === 'refused') return refusalSaid(turn, cut);
  return {
    instead: {
      lines: [phrase('people:lostPhone.done', { name: person.name })],
      buttons: [[{ label: phrase('invitations:button.reissue'), action: 'people.reissue', subject }]],
    },
  };
};

const asksToCut = ({ id, name }: Person, channel: Channel): Answer =>
  say({
    lines: [phrase(`people:lostPhone.ask.${channel}`, { name })],
    buttons: [
      [
        {
          label: phrase('people:button.lostPhoneYes'),
          action: 'people.lostPhone',
          subject: id,
          value: channels.indexOf(channel) + yesCut,
          style: 'danger',
        },
        { label: phrase('general:button.no'), action: 'unchanged' },
      ],
    ],
  });

type Question = 'invitations:reissue.ask' | 'invitations:revoke.ask' | 'admin:access.close';

async function asking(
  { store }: Turn,
  personId: PersonId,
  question: Question,
  button: { action: Action; label: Phrase },
): Promise<Answer> {
  const person = await store.people.get(personId);
  if (!person) return sayLines(phrase('refusals:gone'));
  return say({
    lines: [phrase(question, { name: person.name })],
    buttons: [
      [
        { ...button, subject: personId, value: yes, style: 'danger' },
        { label: phrase('general:button.no'), action: 'unchanged' },
      ],
    ],
  });
}

/** People who were invited and never came. */
const unlinked: Handler = async (turn) => {
  const invitations = await turn.store.invitations.neverUsed(filterFor(turn.ability, 'list-invitations'));
  const items: SectionItem[] = [];
  for (const invitation of invitations.slice(0, 20)) items.push(await invitationItem(invitation, turn));
  const title = phrase('invitations:waiting.title');
  return say({
    lines: [title],
    sections: [{ title, count: invitations.length, empty: phrase('invitations:waiting.none'), items }],
    buttons: [[homeButton]],
  });
};

/** A short code for one's own other chat. */
const otherChat: Handler = async (turn) => {
  if (!turn.person) return sayLines(phrase('errors:notLinked'));
  const made = await turn.execute(linkOtherChat, { personId: turn.person.id });
  if (made.is === 'refused') return refusalSaid(turn, made);
  const code = {
    code: shownCode(made.result.code),
    minutes: phrase('general:minutes', { count: turn.settings.invitations.otherChatMinutes }),
  };
  return sayLines(
    turn.incoming.channel === 'slack' ? phrase('people:telegramCode', code) : phrase('people:slackCode', code),
  );
};

export const peopleHandlers = {
  'people.list': list,
  'people.show': show,
  'people.invite': async () => ({ open: { form: 'invite-staff' as const } }),
  'people.open': async () => ({ open: newPerson }),
  'people.reissue': reissue,
  'people.revoke': revoke,
  'people.close': close,
  'people.lostPhone': lostPhone,
  'people.unlinked': unlinked,
  'people.coordinator': async (_turn, { subject }) => ({
    open: { form: 'name-coordinator' as const, answers: subject ? { technician: subject } : {} },
  }),
  'people.slackCode': otherChat,
  'case.assign': async (_turn, { subject }) => ({
    open: { form: 'assign-technician' as const, answers: subject ? { case: subject } : {} },
  }),
} satisfies Partial<Record<Action, Handler>>;
