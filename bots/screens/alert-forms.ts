import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { levels } from '#core/alerts/alert.ts';
import { closeAlert } from '#core/alerts/close-alert.ts';
import { handOverAlert } from '#core/alerts/hand-over-alert.ts';
import { noteStep } from '#core/alerts/note-step.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { AlertId, CaseId, PersonId } from '#core/id.ts';
import { phrase } from '#core/phrase.ts';
import { chosen, type FormAnswers, form, type Option, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Turn } from '../dialogue/turn.ts';
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
  isSentAtOnce: true,
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
  isSentAtOnce: true,
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

const alertIn = (answers: FormAnswers) => AlertId.parse(chosen(answers, 'alertId'));
