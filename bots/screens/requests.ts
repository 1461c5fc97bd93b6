import type { Action } from '#core/actions.ts';
import { PersonId, RequestId } from '#core/id.ts';
import type { Button } from '#core/message.ts';
import { type Phrase, phrase, when, words } from '#core/phrase.ts';
import { answerRequest } from '#core/requests/answer-request.ts';
import { readRequest } from '#core/requests/read-request.ts';
import { askedOfCode, isForAccess, type PreparedRequest, preparedText } from '#core/requests/request.ts';
import { requestButtons } from '#core/requests/request-cards.ts';
import { requestSection } from '#core/requests/request-section.ts';
import { sendRequest } from '#core/requests/send-request.ts';
import { chosen, form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { caseNumberOf, refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, say, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';

/** The prepared text for whoever decides, to be sent as it stands or with some words. Nothing has gone out yet. [GUIDE] */
const preview: Handler = async (turn, press) => {
  const decider = await turn.store.people.get(press.subject);
  if (!decider) return { toast: phrase('refusals:gone') };
  return say({
    lines: [
      phrase('refusals:preview', {
        name: decider.name,
        text: preparedText(askedOfCode(press.value), caseNumberOf(press)),
      }),
    ],
    buttons: [
      [{ label: phrase('refusals:button.sendRequest'), action: 'request.confirm', ...press, style: 'primary' }],
      [{ label: phrase('refusals:button.addText'), action: 'request.add', ...press, opensForm: true }],
      [homeButton],
    ],
  });
};

const confirm: Handler = (turn, press) => send(turn, press, '');

async function send(turn: Turn, press: Press, added: string): Promise<Answer> {
  if (!turn.person) return { toast: phrase('refusals:gone') };
  const caseNumber = caseNumberOf(press);
  const request = {
    askedBy: turn.person.id,
    decidedBy: PersonId.parse(press.subject),
    asked: askedOfCode(press.value),
    words: added,
  };
  const sent = await turn.execute(sendRequest, { ...request, ...(caseNumber ? { caseNumber } : {}) });
  if (sent.is === 'refused') return say({ lines: [sent.phrase], buttons: [[homeButton]] });
  return say({
    lines: [phrase('refusals:sent', { name: await nameOf(sent.result.decidedBy, turn) })],
    buttons: [[homeButton]],
  });
}

const nameOf = async (id: PersonId, { store }: Turn): Promise<string> => (await store.people.get(id))?.name ?? '—';

/** Some words of one's own go with the prepared text. */
export const addToRequestForm = form({
  name: 'add-to-request',
  title: phrase('slack:modal.request'),
  submitLabel: phrase('refusals:button.sendRequest'),
  fields: [{ kind: 'words', key: 'words', ask: phrase('refusals:askText') }],
  submit: (turn, answers) =>
    send(
      turn,
      {
        subject: chosen(answers, 'to'),
        version: Number(chosen(answers, 'case')),
        value: Number(chosen(answers, 'asked')),
      },
      spoken(answers, 'words').words,
    ),
});

const add: Handler = async (_turn, { subject, version, value }) => ({
  open: { form: 'add-to-request', answers: { to: subject, case: String(version), asked: String(value) } },
});

const on = ({ subject }: Press) => ({ requestId: RequestId.parse(subject) });

/** What the asker wrote, after its reading line. */
const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readRequest, on(press));
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const request = opened.result;
  const card = { when: when(request.askedAt), text: words(request.words || '—') };
  return {
    show: {
      title: phrase('slack:modal.request'),
      message: {
        lines: [phrase('messages:from', { name: await nameOf(request.askedBy, turn) }), phrase('messages:card', card)],
        buttons: [requestButtons(request)],
        isProtected: true,
      },
    },
  };
};

const agree: Handler = async (turn, press) => {
  const agreed = await turn.execute(answerRequest, { ...on(press), agrees: true, reason: '' });
  if (agreed.is === 'refused') return say({ lines: [agreed.phrase] });
  return say({ lines: [phrase('coordinator:request.agreed')], buttons: whatFollows(agreed.result) });
};

/** Access is given by a human: the button leads to it. */
const whatFollows = (request: PreparedRequest): Button[][] =>
  isForAccess(request) && request.caseId
    ? [[{ label: phrase('work:button.assign'), action: 'case.assign', subject: request.caseId, opensForm: true }]]
    : [];

/** A "no" needs its reason; the asker reads it. */
export const declineRequestForm = form({
  name: 'decline-request',
  title: phrase('slack:modal.request'),
  fields: [{ kind: 'words', key: 'reason', ask: phrase('coordinator:request.askReason'), atMost: 2000 }],
  async submit(turn, answers) {
    const declined = await turn.execute(answerRequest, {
      requestId: RequestId.parse(chosen(answers, 'requestId')),
      agrees: false,
      reason: spoken(answers, 'reason').words,
    });
    return say({ lines: [declined.is === 'refused' ? declined.phrase : phrase('coordinator:request.declined')] });
  },
});

const decline: Handler = async (_turn, { subject }) => ({
  open: { form: 'decline-request', answers: { requestId: subject } },
});

const list: Handler = async (turn) => {
  const section = turn.person && (await requestSection(viewOf(turn, turn.person)));
  const lines: Phrase[] = [phrase(section ? 'home:section.requests' : 'refusals:none')];
  return say({ lines, ...(section ? { sections: [section] } : {}), buttons: [[homeButton]] });
};

export const requestHandlers = {
  'request.send': preview,
  'request.confirm': confirm,
  'request.add': add,
  'request.read': read,
  'request.agree': agree,
  'request.decline': decline,
  'request.list': list,
} satisfies Partial<Record<Action, Handler>>;
