import type { Action } from '#core/actions.ts';
import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { isOpenNow, type KeptMessage, readAt } from '#core/messages/kept-message.ts';
import { messageSection } from '#core/messages/message-section.ts';
import { day, lines, type Phrase, phrase, when } from '#core/phrase.ts';
import { form, type Spoken, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, say, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { contactFor, isOfStaff, refsOf, sendToTeam } from './keeping.ts';
import { answerHandlers } from './message-answers.ts';
import { phoneSaid } from './phone-said.ts';
import { takeStashed } from './stash.ts';

/** Words, voice or photo for the team; it says to whom they go, and when they are read if the team is not at work. */
export const writeMessageForm = form({
  name: 'write-message',
  title: phrase('write:title'),
  fields: [
    {
      kind: 'words',
      key: 'words',
      above: ({ now, settings }) =>
        isOpenNow(now, settings) ? [] : [phrase('write:outOfHours', { when: when(readAt(now, settings)) })],
      ask: async (turn) => phrase('general:plain', { text: lines([...(await toWhom(turn)), phrase('write:ask')]) }),
      mayHaveFiles: true,
      atMost: 20_000,
    },
  ],
  isSentAtOnce: true,
  submit: (turn, answers) => send(turn, spoken(answers, 'words')),
});

async function toWhom(turn: Turn): Promise<Phrase[]> {
  const to = await contactFor(turn);
  if (!to) return [];
  if (to.present.id === to.contact.id) return [phrase('write:to', { name: to.contact.name })];
  return [phrase('write:to', { name: to.contact.name }), phrase('write:substitute', { name: to.present.name })];
}

async function send(turn: Turn, said: Spoken): Promise<Answer> {
  const sent = await sendToTeam(turn, { ...said, ...refsOf(turn) });
  return sent.is === 'refused'
    ? refusalSaid(turn, sent)
    : say({ lines: sentLines(sent.result.message, turn), buttons: [[homeButton]] });
}

/** By which day there is an answer; outside the hours of work also when it is read. */
function sentLines({ answerDueAt }: KeptMessage, { now, settings }: Turn): Phrase[] {
  const sent = phrase('write:sent', { day: day(answerDueAt) });
  return isOpenNow(now, settings)
    ? [sent]
    : [sent, phrase('write:sentOutOfHours', { when: when(readAt(now, settings)) })];
}

/** 🙋 A human, one tap away: name and number of the contact, and a message that can be written at once. */
const person: Handler = async (turn) => ({
  ...say({ lines: [await cardOf(turn)] }),
  open: { form: 'write-message' },
});

async function cardOf(turn: Turn): Promise<Phrase> {
  const to = await contactFor(turn);
  if (to) return phrase('write:contactCard', { name: to.present.name, phone: phoneSaid(to.present.phone) });
  const { phone } = await turn.store.office.get();
  return phone ? phrase('write:office', { phone: phoneSaid(phone) }) : phrase('home:contact.none');
}

/** What waits for an answer; somebody who is answered here writes instead. */
const list: Handler = async (turn) => {
  if (!turn.person || !isOfStaff(turn)) return { open: { form: 'write-message' } };
  const section = await messageSection(viewOf(turn, turn.person));
  return say(
    section
      ? { lines: [phrase('messages:title')], sections: [section], buttons: [[homeButton]] }
      : { lines: [phrase('messages:none')], buttons: [[homeButton]] },
  );
};

/** Words that were kept with the talk go to the team now that somebody said so. */
const sendStashed: Handler = async (turn, { subject }) => {
  const said = takeStashed(turn, subject);
  return said ? send(turn, said) : isUsed();
};

const opensWith =
  (name: 'visit-report' | 'raise-alert'): Handler =>
  async (turn, { subject }) => {
    const observed = takeStashed(turn, subject);
    return { open: { form: name, ...(observed ? { answers: { observed } } : {}) } };
  };

/** Words or files that came after an alert join it; `version` is its number. */
const addStashed: Handler = async (turn, { subject, version }) => {
  const alert = await turn.store.alerts.first({ number: `A-${version}` });
  const observed = alert && takeStashed(turn, subject);
  if (!observed) return isUsed();
  const added = await turn.execute(addToAlert, { alertId: alert.id, observed });
  return added.is === 'refused'
    ? refusalSaid(turn, added)
    : say({ lines: [phrase('alerts:added', { number: alert.number })], buttons: [[homeButton]] });
};

const isUsed = (): Answer => ({
  toast: phrase('errors:staleButton'),
  ...say({ lines: [phrase('refusals:gone')], buttons: [[homeButton]] }),
});

export const messageHandlers = {
  ...answerHandlers,
  person,
  'message.new': async () => ({ open: { form: 'write-message' as const } }),
  'message.list': list,
  'message.send': sendStashed,
  'message.toNote': opensWith('visit-report'),
  'message.toAlert': opensWith('raise-alert'),
  'message.addToAlert': addStashed,
} satisfies Partial<Record<Action, Handler>>;
