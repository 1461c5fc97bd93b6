import { setAbsence } from '#core/duty/set-absence.ts';
import { setDuty } from '#core/duty/set-duty.ts';
import { setLastResort } from '#core/duty/set-last-resort.ts';
import { PersonId } from '#core/id.ts';
import { type Person, reachable } from '#core/people/person.ts';
import { list, phrase, when } from '#core/phrase.ts';
import { fromLocal, toLocal } from '#core/time.ts';
import { chosen, type FormAnswers, form, type Option } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Turn } from '../dialogue/turn.ts';

/** A slot of the roster. A second person at the same time is asked about before it is added. */
export const setDutyForm = form({
  name: 'set-duty',
  title: phrase('slack:modal.duty'),
  submitLabel: phrase('general:button.save'),
  fields: [
    { kind: 'choice', key: 'who', ask: phrase('admin:duty.ask'), options: deciders },
    {
      kind: 'moment',
      key: 'from',
      ask: phrase('duty:ask.from'),
      askOnPage: phrase('duty:ask.fromDay'),
      direction: 'any',
    },
    { kind: 'moment', key: 'to', ask: phrase('duty:ask.to'), askOnPage: phrase('duty:ask.toDay'), direction: 'future' },
    {
      kind: 'choice',
      key: 'second',
      ask: (_turn, answers) =>
        chosen(answers, 'other')
          ? phrase('duty:overlaps', { name: chosen(answers, 'other') })
          : phrase('duty:askSecond'),
      when: (answers) => chosen(answers, 'other') !== '',
      options: () => [
        { value: 'yes', label: phrase('general:button.yes') },
        { value: 'no', label: phrase('general:button.no') },
      ],
    },
  ],
  async submit(turn, answers) {
    const { second, other, ...kept } = answers;
    if (other && second === 'no') return { say: [{ lines: [phrase('general:unchanged')] }] };
    const set = await turn.execute(setDuty, {
      personId: PersonId.parse(chosen(answers, 'who')),
      from: new Date(chosen(answers, 'from')),
      to: new Date(chosen(answers, 'to')),
      isSecond: second === 'yes',
    });
    if (set.is === 'refused' && set.phrase.key === 'duty:overlaps')
      return { open: { form: 'set-duty', answers: { ...kept, other: String(set.phrase.params.name) } } };
    if (set.is === 'refused') return refusalSaid(turn, set);
    return {
      say: [
        {
          lines: [phrase('admin:duty.saved', { when: when(set.result.from), end: when(set.result.to) })],
          buttons: [[{ label: phrase('home:button.duty'), action: 'duty.show' }]],
        },
      ],
    };
  },
});

/** The form as it opens: whether a second person is meant is asked only when somebody is on duty then. */
export const newDuty = { form: 'set-duty' as const, answers: { second: 'not asked' } };

/** Who is away, on which days, and who stands in; without a substitute it is not possible. */
export const setAbsenceForm = form({
  name: 'set-absence',
  title: phrase('slack:modal.absence'),
  submitLabel: phrase('general:button.save'),
  fields: [
    { kind: 'choice', key: 'who', ask: phrase('duty:absence.askWho'), options: deciders },
    { kind: 'moment', key: 'from', ask: phrase('duty:absence.askFrom'), direction: 'any', isDay: true },
    { kind: 'moment', key: 'to', ask: phrase('duty:absence.askTo'), direction: 'any', isDay: true },
    {
      kind: 'choice',
      key: 'substitute',
      ask: phrase('duty:absence.askSubstitute'),
      options: async (turn, answers) => (await deciders(turn)).filter(({ value }) => value !== chosen(answers, 'who')),
    },
  ],
  async submit(turn, answers) {
    const substituteId = PersonId.parse(chosen(answers, 'substitute'));
    const set = await turn.execute(setAbsence, {
      personId: PersonId.parse(chosen(answers, 'who')),
      substituteId,
      ...daysIn(answers),
    });
    if (set.is === 'refused') return refusalSaid(turn, set);
    return {
      say: [
        { lines: [phrase('duty:absence.saved', { substitute: (await turn.store.people.must(substituteId)).name })] },
      ],
    };
  },
});

/** Whole days, the last one included. */
function daysIn(answers: FormAnswers): { from: Date; to: Date } {
  const dayOf = (key: string) => toLocal(new Date(chosen(answers, key))).toPlainDate();
  return {
    from: fromLocal(dayOf('from').toPlainDateTime()),
    to: fromLocal(dayOf('to').add({ days: 1 }).toPlainDateTime()),
  };
}

/** The two who are rung when nobody else answered. */
export const setLastResortForm = form({
  name: 'set-last-resort',
  title: phrase('slack:modal.lastResort'),
  submitLabel: phrase('general:button.save'),
  fields: [
    {
      kind: 'choice',
      key: 'first',
      ask: phrase('duty:lastResort.askFirst'),
      above: () => [phrase('duty:lastResort.explain')],
      options: linked,
    },
    {
      kind: 'choice',
      key: 'second',
      ask: phrase('duty:lastResort.askSecond'),
      options: async (turn, answers) => (await linked(turn)).filter(({ value }) => value !== chosen(answers, 'first')),
    },
  ],
  async submit(turn, answers) {
    const set = await turn.execute(setLastResort, {
      first: PersonId.parse(chosen(answers, 'first')),
      second: PersonId.parse(chosen(answers, 'second')),
    });
    if (set.is === 'refused') return refusalSaid(turn, set);
    return { say: [{ lines: [phrase('duty:lastResort.saved', { names: list(set.result.map(({ name }) => name)) })] }] };
  },
});

const named = (people: Person[]): Option[] =>
  people.map(({ id, name }) => ({ value: id, label: phrase('general:plain', { text: name }) }));

async function deciders({ store }: Turn): Promise<Option[]> {
  return named([
    ...(await store.people.activeWithRole('coordinator')),
    ...(await store.people.activeWithRole('supervisor')),
  ]);
}

async function linked({ store }: Turn): Promise<Option[]> {
  return named(
    (await store.people.staff()).filter((person) => person.status === 'active' && reachable(person).length > 0),
  );
}
