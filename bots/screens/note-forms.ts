import { CaseId, NoteId } from '#core/id.ts';
import { draftDue, draftKey, visitReport } from '#core/notes/draft-due.ts';
import { type Note, type NoteText, noteKinds, presences } from '#core/notes/note.ts';
import { resubmitNote } from '#core/notes/resubmit-note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { firstReminder } from '#core/notes/sheet-due.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import { validateNote } from '#core/notes/validate-note.ts';
import { presentFor } from '#core/people/contact.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { chosen, type Field, type FormAnswers, form, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Turn } from '../dialogue/turn.ts';
import { caseOptions, findCases } from './cases.ts';

/** When, who was there, facts, opinion, what is next: the parts of every note. Facts and opinion are two questions [GUIDE]. */
const parts: Field[] = [
  {
    kind: 'moment',
    key: visitReport.when,
    ask: phrase('notes:ask.when'),
    direction: 'past',
    label: phrase('notes:label.when'),
  },
  {
    kind: 'choice',
    key: 'present',
    ask: phrase('notes:ask.present'),
    options: () => presenceWords.map(([value, label]) => ({ value, label })),
    label: phrase('notes:label.present'),
  },
  {
    kind: 'words',
    key: 'observed',
    ask: phrase('notes:ask.observed'),
    mayHaveFiles: true,
    label: phrase('notes:label.observed'),
  },
  {
    kind: 'words',
    key: 'opinion',
    ask: phrase('notes:ask.opinion'),
    mayHaveFiles: 'voice',
    isOptional: true,
    label: phrase('notes:label.opinion'),
  },
  {
    kind: 'words',
    key: 'next',
    ask: phrase('notes:ask.next'),
    mayHaveFiles: 'voice',
    isOptional: true,
    label: phrase('notes:label.next'),
  },
];

/** Who was there, in words. */
export const presenceWords: [Note['present'] & string, Phrase][] = [
  ['personAlone', phrase('notes:wide.personAlone')],
  ['withFamily', phrase('notes:wide.withFamily')],
  ['withOthers', phrase('notes:wide.withOthers')],
  ['nobodyHome', phrase('notes:nobodyHome')],
];

/** The visit report: six questions, kept as they are answered, shown whole before it is sent [GUIDE g041]. */
export const visitReportForm = form({
  name: visitReport.form,
  title: phrase('slack:modal.note'),
  fields: [
    {
      kind: 'choice',
      key: visitReport.case,
      ask: phrase('notes:ask.case'),
      options: (turn) => caseOptions(turn, 'submit-note'),
      search: findCases,
      label: phrase('notes:label.case'),
    },
    ...parts,
  ],
  hasPlayback: true,
  isResumable: true,
  submitLabel: phrase('notes:button.submit'),
  onDraft: remindOfDraft,
  async submit(turn, answers) {
    const kind = noteKinds.find((one) => one === chosen(answers, 'kind')) ?? 'visit';
    const sent = await turn.execute(submitNote, {
      kind,
      caseId: CaseId.parse(chosen(answers, visitReport.case)),
      ...textIn(answers, turn.now),
    });
    if (sent.is === 'refused') return askAgain(turn, visitReport.form, answers, sent);
    return { say: [{ lines: [await sentTo(turn, sent.result, 'notes:submitted')] }] };
  },
});

/** The visit has been, so its report has a term: a draft that is left is asked for before it [GUIDE g044]. */
function remindOfDraft(turn: Turn, run: string, answers: FormAnswers): void {
  const due = draftDue({ name: visitReport.form, run, answers }, turn);
  if (due && turn.person)
    turn.also({
      do: 'timer',
      key: draftKey(run),
      kind: 'remind-note-due',
      subject: turn.person.id,
      at: firstReminder(due.dueAt, turn.now, turn.settings),
    });
}

const textIn = (answers: FormAnswers, now: Date): NoteText => {
  const present = presences.find((one) => one === chosen(answers, 'present'));
  const visited = chosen(answers, visitReport.when);
  return {
    visitedAt: visited ? new Date(visited) : now,
    ...(present ? { present } : {}),
    observed: spoken(answers, 'observed'),
    opinion: spoken(answers, 'opinion'),
    next: spoken(answers, 'next'),
  };
};

/** Nothing that was written is thrown away: the form goes on at the part that was not accepted. */
function askAgain(
  turn: Turn,
  name: 'visit-report' | 'correct-note',
  answers: FormAnswers,
  refused: Parameters<typeof refusalSaid>[1],
): Answer {
  const wrong = partRefused[refused.phrase.key] ?? visitReport.case;
  const { [wrong]: _, ...kept } = answers;
  if (refused.decidedBy) return { ...refusalSaid(turn, refused), open: { form: name, answers: kept } };
  return { open: { form: name, answers: kept, why: refused.phrase } };
}

const partRefused: Partial<Record<Phrase['key'], string>> = {
  'notes:empty': 'observed',
  'notes:whenFuture': visitReport.when,
};

/** Who validates it now; a coordinator's own note is simply kept. */
async function sentTo(
  turn: Turn,
  { coordinatorId, state }: Note,
  key: 'notes:submitted' | 'notes:resubmitted',
): Promise<Phrase> {
  const decider =
    state === 'submitted'
      ? ((await presentFor(coordinatorId, turn)) ?? (await turn.store.people.get(coordinatorId)))
      : undefined;
  return decider ? phrase(key, { name: decider.name }) : phrase('general:saved');
}

/** A returned note with its old answers: the comment stands above, each part can be changed. */
export const correctNoteForm = form({
  name: 'correct-note',
  title: phrase('notes:title.correct'),
  fields: parts.map((part, at) =>
    at === 0
      ? {
          ...part,
          above: (_turn, answers) => [phrase('notes:comment', { comment: words(chosen(answers, 'comment')) })],
        }
      : part,
  ),
  hasPlayback: true,
  isResumable: true,
  isCorrection: true,
  submitLabel: phrase('notes:button.submit'),
  async submit(turn, answers) {
    const sent = await turn.execute(resubmitNote, { noteId: noteIn(answers), ...textIn(answers, turn.now) });
    if (sent.is === 'refused')
      return partRefused[sent.phrase.key] ? askAgain(turn, 'correct-note', answers, sent) : refusalSaid(turn, sent);
    return { say: [{ lines: [await sentTo(turn, sent.result, 'notes:resubmitted')] }] };
  },
});

export const returnNoteForm = form({
  name: 'return-note',
  title: phrase('slack:modal.returnNote'),
  submitLabel: phrase('coordinator:button.return'),
  fields: [{ kind: 'words', key: 'comment', ask: phrase('coordinator:note.askComment') }],
  async submit(turn, answers) {
    const returned = await turn.execute(returnNote, { ...shownIn(answers), comment: spoken(answers, 'comment').words });
    return returned.is === 'refused'
      ? refusalSaid(turn, returned)
      : { say: [{ lines: [phrase('coordinator:note.returned', { number: returned.result.number })] }] };
  },
});

export const validateNoteForm = form({
  name: 'validate-note',
  title: phrase('notes:title.validate'),
  fields: [{ kind: 'words', key: 'addition', ask: phrase('notes:ask.addition') }],
  submit: async (turn, answers) =>
    validated(turn, { ...shownIn(answers), addition: spoken(answers, 'addition').words }),
});

/** Validates and says so; used by the button and by the form with an addition. */
export async function validated(
  turn: Turn,
  input: { noteId: NoteId; asOf: number; addition?: string },
): Promise<Answer> {
  const done = await turn.execute(validateNote, { addition: '', ...input });
  if (done.is === 'refused') return refusalSaid(turn, done);
  const said = phrase('coordinator:note.validated', { number: done.result.number });
  return { toast: said, say: [{ lines: [said] }] };
}

const noteIn = (answers: FormAnswers) => NoteId.parse(chosen(answers, 'noteId'));
const shownIn = (answers: FormAnswers) => ({ noteId: noteIn(answers), asOf: Number(chosen(answers, 'asOf')) });
