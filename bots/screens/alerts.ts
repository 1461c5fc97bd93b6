import type { Action } from '#core/actions.ts';
import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { type Alert, levels } from '#core/alerts/alert.ts';
import { alertCards } from '#core/alerts/alert-cards.ts';
import { answerHandOver } from '#core/alerts/answer-hand-over.ts';
import { closeAlert } from '#core/alerts/close-alert.ts';
import { handBackAlert } from '#core/alerts/hand-back-alert.ts';
import { handOverAlert } from '#core/alerts/hand-over-alert.ts';
import { noteStep } from '#core/alerts/note-step.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { readAlert } from '#core/alerts/read-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { AlertId, CaseId, PersonId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase, time, words } from '#core/phrase.ts';
import { chosen, form, type Option, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Press, Turn } from '../dialogue/turn.ts';
import { caseOptions, findCases } from './cases.ts';

const notOnFile = 'none';

/** Kind of danger, whom it concerns, what was seen: three steps, 112 first [GUIDE]. */
export const raiseAlertForm = form({
  name: 'raise-alert',
  title: phrase('alerts:title.raise'),
  fields: [
    {
      kind: 'choice',
      key: 'level',
      ask: phrase('alerts:ask.danger'),
      above: () => [phrase('alerts:call112')],
      options: () => levels.map((level): Option => ({ value: level, label: phrase(`alerts:wide.${level}`) })),
    },
    {
      kind: 'choice',
      key: 'case',
      ask: phrase('alerts:ask.whom'),
      options: async (turn) => [
        ...(await caseOptions(turn, 'list-cases')),
        { value: notOnFile, label: phrase('alerts:wide.notOnFile') },
      ],
      search: findCases,
    },
    {
      kind: 'words',
      key: 'observed',
      ask: (_turn, answers) =>
        phrase(chosen(answers, 'case') === notOnFile ? 'alerts:ask.describe' : 'alerts:ask.observed'),
      mayHaveFiles: true,
    },
  ],
  isRaisedIfLeft: (answers) => chosen(answers, 'level') === 'life',
  async submit(turn, answers) {
    const caseId = CaseId.safeParse(chosen(answers, 'case')).data;
    const raised = await turn.execute(raiseAlert, {
      caseId,
      level: levels.find((level) => level === chosen(answers, 'level')) ?? 'urgent',
      observed: spoken(answers, 'observed'),
    });
    if (raised.is === 'refused') return refusalSaid(turn, raised);
    return raised.result.observed.length > 1
      ? { say: [{ lines: [phrase('alerts:alreadyOpen', { number: raised.result.number })] }] }
      : {};
  },
});

export const addToAlertForm = form({
  name: 'add-to-alert',
  title: phrase('alerts:title.add'),
  fields: [{ kind: 'words', key: 'observed', ask: phrase('alerts:ask.observed'), mayHaveFiles: true }],
  async submit(turn, answers) {
    const added = await turn.execute(addToAlert, { alertId: alertIn(answers), observed: spoken(answers, 'observed') });
    return added.is === 'refused'
      ? refusalSaid(turn, added)
      : { say: [{ lines: [phrase('alerts:added', { number: added.result.number })] }] };
  },
});

export const decideAlertForm = form({
  name: 'decide-alert',
  title: phrase('alerts:title.decide'),
  fields: [{ kind: 'words', key: 'decision', ask: phrase('coordinator:alert.askDecision') }],
  async submit(turn, answers) {
    const noted = await turn.execute(noteStep, { alertId: alertIn(answers), words: spoken(answers, 'decision').words });
    return noted.is === 'refused' ? refusalSaid(turn, noted) : { say: [{ lines: [phrase('general:noted')] }] };
  },
});

export const closeAlertForm = form({
  name: 'close-alert',
  title: phrase('alerts:title.close'),
  fields: [{ kind: 'words', key: 'outcome', ask: phrase('coordinator:alert.askOutcome') }],
  async submit(turn, answers) {
    const closed = await turn.execute(closeAlert, {
      alertId: alertIn(answers),
      outcome: spoken(answers, 'outcome').words,
    });
    return closed.is === 'refused' ? refusalSaid(turn, closed) : { say: [{ lines: [phrase('general:saved')] }] };
  },
});

export const handOverAlertForm = form({
  name: 'hand-over-alert',
  title: phrase('alerts:title.handOver'),
  fields: [{ kind: 'choice', key: 'to', ask: phrase('escalation:handOver.ask'), options: colleagues }],
  async submit(turn, answers) {
    const to = PersonId.parse(chosen(answers, 'to'));
    const offered = await turn.execute(handOverAlert, { alertId: alertIn(answers), to });
    if (offered.is === 'refused') return refusalSaid(turn, offered);
    return {
      say: [{ lines: [phrase('escalation:handOver.waiting', { name: (await turn.store.people.must(to)).name })] }],
    };
  },
});

async function colleagues({ store, person }: Turn): Promise<Option[]> {
  const people = [
    ...(await store.people.activeWithRole('coordinator')),
    ...(await store.people.activeWithRole('supervisor')),
  ];
  return people
    .filter(({ id }) => id !== person?.id)
    .map(({ id, name }) => ({ value: id, label: phrase('general:plain', { text: name }) }));
}

const alertIn = (answers: Parameters<typeof chosen>[0]) => AlertId.parse(chosen(answers, 'alertId'));
const on = ({ subject }: Press) => ({ alertId: AlertId.parse(subject) });

const take: Handler = async (turn, press) => {
  const taken = await turn.execute(takeAlert, on(press));
  if (taken.is === 'refused') return { toast: taken.phrase, say: [{ lines: [taken.phrase] }] };
  return {
    say: [
      {
        lines: [phrase('coordinator:alert.taken', { number: taken.result.number })],
        buttons: [[readButton(taken.result)]],
      },
    ],
  };
};

const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readAlert, on(press));
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  return { show: { title: phrase('alerts:title.read'), message: await story(opened.result, turn) } };
};

/** The story: whom it concerns, what was seen or heard, what was decided. Only ever shown after its reading line. */
async function story(alert: Alert, turn: Turn): Promise<Message> {
  const { store } = turn;
  const name = async (id: PersonId | undefined) => (id && (await store.people.get(id))?.name) || '—';
  const person = alert.personId && (await store.people.get(alert.personId));
  const observed: Phrase[] = [];
  for (const { by, at, words: said, files } of alert.observed) {
    observed.push(
      phrase('coordinator:alert.body', {
        observed: words(said || (files.length > 0 ? '🎙' : '—')),
        name: await name(by),
        time: time(at),
      }),
    );
  }
  const noted: Phrase[] = [];
  for (const { by, at, words: said } of alert.steps)
    noted.push(phrase('alerts:story.step', { time: time(at), name: await name(by), text: words(said || '…') }));
  const concerns = person
    ? [phrase('alerts:story.person', { name: person.name, phone: words(person.phone ?? '—') })]
    : [];
  return {
    lines: [
      phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number }),
      ...concerns,
      ...observed,
      ...noted,
    ],
    files: alert.observed.flatMap(({ files }) => files),
    isProtected: true,
  };
}

const readButton = ({ id, version }: Alert) => ({
  label: phrase('general:button.read'),
  action: 'alert.read' as const,
  subject: id,
  version,
  opensForm: true,
});

const working: Handler = async (turn, press) => {
  const noted = await turn.execute(noteStep, { ...on(press), words: '' });
  return noted.is === 'refused'
    ? refusalSaid(turn, noted)
    : { toast: phrase('general:noted'), say: [{ lines: [phrase('general:noted')] }] };
};

const handBack: Handler = async (turn, press) => {
  const back = await turn.execute(handBackAlert, on(press));
  return back.is === 'refused'
    ? refusalSaid(turn, back)
    : { say: [{ lines: [phrase('escalation:notice.released', { number: back.result.number })] }] };
};

const answerOffer =
  (agrees: boolean): Handler =>
  async (turn, press) => {
    const answered = await turn.execute(answerHandOver, { ...on(press), agrees });
    if (answered.is === 'refused') return refusalSaid(turn, answered);
    return agrees
      ? {
          say: [
            {
              lines: [phrase('coordinator:alert.taken', { number: answered.result.number })],
              buttons: [[readButton(answered.result)]],
            },
          ],
        }
      : { toast: phrase('general:noted') };
  };

/** The card as it stands now, as a message of its own. */
const show: Handler = async (turn, { subject }) => {
  if (!turn.person) return {};
  const view = { ...turn, viewer: turn.person, isNewest: true, channel: turn.incoming.channel };
  const card = (await alertCards.alert(subject, view)) ?? (await alertCards['alert-raised'](subject, view));
  return card ? { say: [card] } : { toast: phrase('refusals:gone') };
};

const opens =
  (name: 'decide-alert' | 'hand-over-alert' | 'close-alert' | 'add-to-alert'): Handler =>
  async (_turn, { subject }): Promise<Answer> => ({ open: { form: name, answers: { alertId: subject } } });

export const alertHandlers = {
  'alert.new': async (_turn: Turn, { subject }: Press) => ({
    open: { form: 'raise-alert' as const, answers: subject ? { case: subject } : {} },
  }),
  'alert.take': take,
  'alert.read': read,
  'alert.decide': opens('decide-alert'),
  'alert.working': working,
  'alert.handOver': opens('hand-over-alert'),
  'alert.agree': answerOffer(true),
  'alert.decline': answerOffer(false),
  'alert.handBack': handBack,
  'alert.close': opens('close-alert'),
  'alert.add': opens('add-to-alert'),
  'alert.show': show,
} satisfies Partial<Record<Action, Handler>>;
