import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { levels } from '#core/alerts/alert.ts';
import { alertForm, isOnLife } from '#core/alerts/alert-form.ts';
import { closeAlert } from '#core/alerts/close-alert.ts';
import { handOverAlert } from '#core/alerts/hand-over-alert.ts';
import { noteStep } from '#core/alerts/note-step.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { AlertId, CaseId, PersonId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { phrase, time } from '#core/phrase.ts';
import { addMinutes } from '#core/time.ts';
import { chosen, type FormAnswers, form, type Option, type Spoken, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Turn } from '../dialogue/turn.ts';
import { caseOptions, findCases } from './cases.ts';

const notOnFile = 'none';

/** Kind of danger, whom it concerns, what was seen: three steps, 112 first [GUIDE]. Of somebody not on file the second asks who and where. */
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
      label: phrase('alerts:label.kind'),
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
      label: phrase('alerts:label.case'),
    },
    {
      kind: 'words',
      key: alertForm.who,
      ask: phrase('alerts:ask.describe'),
      when: (answers) => chosen(answers, 'case') === notOnFile,
      mayHaveFiles: 'voice',
      label: phrase('alerts:label.person'),
    },
    {
      kind: 'words',
      key: alertForm.observed,
      ask: phrase('alerts:ask.observed'),
      mayHaveFiles: true,
      label: phrase('alerts:label.observed'),
    },
  ],
  isSentAtOnce: true,
  isResumable: true,
  isRaisedIfLeft: (answers) => chosen(answers, 'level') === 'life',
  onDraft: recallIfLeft,
  async submit(turn, answers) {
    const caseId = CaseId.safeParse(chosen(answers, 'case')).data;
    const raised = await turn.execute(raiseAlert, {
      caseId,
      level: levels.find((level) => level === chosen(answers, 'level')) ?? 'urgent',
      observed: seenIn(answers),
    });
    if (raised.is === 'refused') return (await raisedAllTheSame(turn, answers)) ?? refusalSaid(turn, raised);
    return raised.result.observed.length > 1
      ? { say: [{ lines: [phrase('alerts:alreadyOpen', { number: raised.result.number })] }] }
      : {};
  },
});

/**
 * Who wrote it may not raise it any more: access was cut, or the case passed on, while the window was open. A danger to life is raised all the
 * same, by the system.
 */
async function raisedAllTheSame(turn: Turn, answers: FormAnswers): Promise<Answer | undefined> {
  if (!isOnLife({ answers })) return undefined;
  const caseId = CaseId.safeParse(chosen(answers, 'case')).data;
  const known = caseId && (await turn.store.cases.get(caseId));
  turn.actor = system;
  const raised = await turn.execute(raiseAlert, {
    ...{ level: 'life', caseId: known?.id, observed: seenIn(answers) },
    seenBy: turn.person?.id ?? turn.conversation.personId,
  });
  return raised.is === 'done' ? { say: [{ lines: [phrase('alerts:call112'), phrase('errors:kept')] }] } : undefined;
}

/** Who and where, then what was seen: both are the words of the alert. */
function seenIn(answers: FormAnswers): Spoken {
  const parts = [spoken(answers, alertForm.who), spoken(answers, alertForm.observed)];
  return {
    words: parts
      .map(({ words }) => words)
      .filter(Boolean)
      .join('\n'),
    files: parts.flatMap(({ files }) => files),
  };
}

/** One on abuse or another urgent matter that is left is asked about, once; one on danger to life is raised (`experience.md` 3). */
function recallIfLeft(turn: Turn, run: string, answers: FormAnswers): void {
  const level = chosen(answers, 'level');
  if (!level || level === 'life' || answers[alertForm.recalled] !== undefined) return;
  const at = addMinutes(turn.now, turn.settings.alerts.abandonedOtherFormMinutes);
  turn.also({ do: 'timer', key: `abandoned-${run}`, kind: 'raise-abandoned-alert', subject: turn.conversation.id, at });
}

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
  submitLabel: phrase('alerts:button.noteDecision'),
  fields: [{ kind: 'words', key: 'decision', ask: phrase('coordinator:alert.askDecision') }],
  async submit(turn, answers) {
    const noted = await turn.execute(noteStep, { alertId: alertIn(answers), words: spoken(answers, 'decision').words });
    if (noted.is === 'refused') return refusalSaid(turn, noted);
    return { say: [{ lines: [phrase('alerts:firstStepSaved', { time: time(noted.result.nextStepAt ?? turn.now) })] }] };
  },
});

export const closeAlertForm = form({
  name: 'close-alert',
  title: phrase('alerts:title.close'),
  submitLabel: phrase('coordinator:button.close'),
  fields: [{ kind: 'words', key: 'outcome', ask: phrase('coordinator:alert.askOutcome') }],
  async submit(turn, answers) {
    const closed = await turn.execute(closeAlert, {
      alertId: alertIn(answers),
      outcome: spoken(answers, 'outcome').words,
    });
    if (closed.is === 'refused') return refusalSaid(turn, closed);
    return { say: [{ lines: [phrase('alerts:closedSaved', { number: closed.result.number })] }] };
  },
});

export const handOverAlertForm = form({
  name: 'hand-over-alert',
  title: phrase('alerts:title.handOver'),
  submitLabel: phrase('coordinator:button.handOver'),
  fields: [{ kind: 'choice', key: 'to', ask: phrase('escalation:handOver.ask'), options: colleagues }],
  async submit(turn, answers) {
    const to = PersonId.parse(chosen(answers, 'to'));
    const first = await askedBefore(turn, answers, to);
    const offered = await turn.execute(handOverAlert, { alertId: alertIn(answers), to });
    if (offered.is === 'refused') return refusalSaid(turn, offered);
    return {
      say: [
        {
          lines: [
            phrase('escalation:handOver.waiting', { name: (await turn.store.people.must(to)).name }),
            ...(first ? [phrase('escalation:handOver.firstKnows', { name: first.name })] : []),
          ],
        },
      ],
    };
  },
});

/** Who was asked first and has not answered: the second offer takes their place. */
async function askedBefore({ store }: Turn, answers: FormAnswers, to: PersonId): Promise<Person | undefined> {
  const waitsFor = (await store.alerts.get(alertIn(answers)))?.handOverTo;
  return waitsFor && waitsFor !== to ? store.people.get(waitsFor) : undefined;
}

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
