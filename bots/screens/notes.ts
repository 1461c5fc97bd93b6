import type { Action } from '#core/actions.ts';
import { CaseId, NoteId, type PersonId } from '#core/id.ts';
import type { Button, Message } from '#core/message.ts';
import { addFileToNote, takesLateFiles } from '#core/notes/add-file-to-note.ts';
import { draftDue, draftKey, visitReport } from '#core/notes/draft-due.ts';
import { decideButtons, reopenButton } from '#core/notes/note-cards.ts';
import { notesToValidate } from '#core/notes/note-section.ts';
import { type Note, type NoteText, noteKinds, presences, type Said } from '#core/notes/note.ts';
import { readNote } from '#core/notes/read-note.ts';
import { resubmitNote } from '#core/notes/resubmit-note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { firstReminder } from '#core/notes/sheet-due.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import { validateNote } from '#core/notes/validate-note.ts';
import { presentFor } from '#core/people/contact.ts';
import { may } from '#core/permissions.ts';
import { type Phrase, phrase, when, words } from '#core/phrase.ts';
import { addFilesToPlayback } from '../dialogue/answer-form.ts';
import { keepFiles } from '../dialogue/files.ts';
import { chosen, type Field, form, type FormAnswers, spoken } from '../dialogue/form.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Press, Turn } from '../dialogue/turn.ts';
import { caseOptions, findCases, nameOnCase } from './cases.ts';

/** When, who was there, facts, opinion, what is next: the parts of every note. Facts and opinion are two questions [GUIDE]. */
const parts: Field[] = [
  { kind: 'moment', key: visitReport.when, ask: phrase('notes:ask.when'), direction: 'past', label: phrase('notes:label.when') },
  { kind: 'choice', key: 'present', ask: phrase('notes:ask.present'), options: () => presenceWords.map(([value, label]) => ({ value, label })), label: phrase('notes:label.present') },
  { kind: 'words', key: 'observed', ask: phrase('notes:ask.observed'), mayHaveFiles: true, label: phrase('notes:label.observed') },
  { kind: 'words', key: 'opinion', ask: phrase('notes:ask.opinion'), mayHaveFiles: 'voice', isOptional: true, label: phrase('notes:label.opinion') },
  { kind: 'words', key: 'next', ask: phrase('notes:ask.next'), mayHaveFiles: 'voice', isOptional: true, label: phrase('notes:label.next') },
];

const presenceWords: [Note['present'] & string, Phrase][] = [
  ['personAlone', phrase('notes:wide.personAlone')],
  ['withFamily', phrase('notes:wide.withFamily')],
  ['withOthers', phrase('notes:wide.withOthers')],
  ['nobodyHome', phrase('notes:nobodyHome')],
];

/** The visit report: six questions, kept as they are answered, shown whole before it is sent [GUIDE g041]. */
export const visitReportForm = form({
  name: visitReport.form,
  title: phrase('slack:modal.note'),
  fields: [{ kind: 'choice', key: visitReport.case, ask: phrase('notes:ask.case'), options: (turn) => caseOptions(turn, 'submit-note'), search: findCases, label: phrase('notes:label.case') }, ...parts],
  hasPlayback: true,
  isResumable: true,
  submitLabel: phrase('notes:button.submit'),
  onDraft: remindOfDraft,
  async submit(turn, answers) {
    const kind = noteKinds.find((one) => one === chosen(answers, 'kind')) ?? 'visit';
    const sent = await turn.execute(submitNote, { kind, caseId: CaseId.parse(chosen(answers, visitReport.case)), ...textIn(answers, turn.now) });
    if (sent.is === 'refused') return askAgain(turn, visitReport.form, answers, sent);
    return { say: [{ lines: [await sentTo(turn, sent.result, 'notes:submitted')] }] };
  },
});

/** The visit has been, so its report has a term: a draft that is left is asked for before it [GUIDE g044]. */
function remindOfDraft(turn: Turn, run: string, answers: FormAnswers): void {
  const due = draftDue({ name: visitReport.form, run, answers }, turn);
  if (due && turn.person) turn.also({ do: 'timer', key: draftKey(run), kind: 'remind-note-due', subject: turn.person.id, at: firstReminder(due.dueAt, turn.now, turn.settings) });
}

const textIn = (answers: FormAnswers, now: Date): NoteText => {
  const present = presences.find((one) => one === chosen(answers, 'present'));
  const visited = chosen(answers, visitReport.when);
  return { visitedAt: visited ? new Date(visited) : now, ...(present ? { present } : {}), observed: spoken(answers, 'observed'), opinion: spoken(answers, 'opinion'), next: spoken(answers, 'next') };
};

/** Nothing that was written is thrown away: the form goes on at the part that was not accepted. */
function askAgain(turn: Turn, name: 'visit-report' | 'correct-note', answers: FormAnswers, refused: Parameters<typeof refusalSaid>[1]): Answer {
  const wrong = partRefused[refused.phrase.key] ?? visitReport.case;
  const { [wrong]: _, ...kept } = answers;
  return { ...refusalSaid(turn, refused), open: { form: name, answers: kept } };
}

const partRefused: Partial<Record<Phrase['key'], string>> = { 'notes:empty': 'observed', 'notes:whenFuture': visitReport.when };

/** Who validates it now; a coordinator's own note is simply kept. */
async function sentTo(turn: Turn, { coordinatorId, state }: Note, key: 'notes:submitted' | 'notes:resubmitted'): Promise<Phrase> {
  const decider = state === 'submitted' ? ((await presentFor(coordinatorId, turn)) ?? (await turn.store.people.get(coordinatorId))) : undefined;
  return decider ? phrase(key, { name: decider.name }) : phrase('general:saved');
}

/** A returned note with its old answers: the comment stands above, each part can be changed. */
export const correctNoteForm = form({
  name: 'correct-note',
  title: phrase('notes:title.correct'),
  fields: parts.map((part, at) => (at === 0 ? { ...part, above: (_turn, answers) => [phrase('notes:comment', { comment: words(chosen(answers, 'comment')) })] } : part)),
  hasPlayback: true,
  isResumable: true,
  isCorrection: true,
  submitLabel: phrase('notes:button.submit'),
  async submit(turn, answers) {
    const sent = await turn.execute(resubmitNote, { noteId: noteIn(answers), ...textIn(answers, turn.now) });
    if (sent.is === 'refused') return partRefused[sent.phrase.key] ? askAgain(turn, 'correct-note', answers, sent) : refusalSaid(turn, sent);
    return { say: [{ lines: [await sentTo(turn, sent.result, 'notes:resubmitted')] }] };
  },
});

export const returnNoteForm = form({
  name: 'return-note',
  title: phrase('slack:modal.returnNote'),
  fields: [{ kind: 'words', key: 'comment', ask: phrase('coordinator:note.askComment') }],
  async submit(turn, answers) {
    const returned = await turn.execute(returnNote, { ...shownIn(answers), comment: spoken(answers, 'comment').words });
    return returned.is === 'refused' ? refusalSaid(turn, returned) : { say: [{ lines: [phrase('coordinator:note.returned', { number: returned.result.number })] }] };
  },
});

export const validateNoteForm = form({
  name: 'validate-note',
  title: phrase('notes:title.validate'),
  fields: [{ kind: 'words', key: 'addition', ask: phrase('notes:ask.addition') }],
  submit: async (turn, answers) => validated(turn, { ...shownIn(answers), addition: spoken(answers, 'addition').words }),
});

async function validated(turn: Turn, input: { noteId: NoteId; asOf: number; addition?: string }): Promise<Answer> {
  const done = await turn.execute(validateNote, { addition: '', ...input });
  if (done.is === 'refused') return refusalSaid(turn, done);
  const said = phrase('coordinator:note.validated', { number: done.result.number });
  return { toast: said, say: [{ lines: [said] }] };
}

const noteIn = (answers: FormAnswers) => NoteId.parse(chosen(answers, 'noteId'));
const shownIn = (answers: FormAnswers) => ({ noteId: noteIn(answers), asOf: Number(chosen(answers, 'asOf')) });

const read: Handler = async (turn, { subject }) => {
  const opened = await turn.execute(readNote, { noteId: NoteId.parse(subject) });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const { opinion, next } = opened.result;
  const spokenApart = [...opinion.files, ...next.files];
  return {
    show: { title: phrase('slack:modal.readNote'), message: await story(opened.result, turn) },
    ...(spokenApart.length > 0 ? { say: [{ lines: [phrase('notes:opinionVoice')], files: spokenApart, isProtected: true }] } : {}),
  };
};

/** The whole note, facts and opinion apart; the files are those of the facts. Only ever shown after its reading line. */
async function story(note: Note, turn: Turn): Promise<Message> {
  const one = await turn.store.cases.must(note.caseId);
  const present = presenceWords.find(([value]) => value === note.present)?.[1];
  return {
    lines: [phrase('notes:row', { number: note.number, caseRef: one.number })],
    facts: [
      { label: phrase('notes:label.state'), value: phrase(`notes:state.${note.state}`) },
      { label: phrase('notes:label.kind'), value: phrase(`notes:kind.${note.kind}`) },
      { label: phrase('notes:label.case'), value: await nameOnCase(one, turn) },
      { label: phrase('notes:label.writer'), value: await name(note.writtenBy, turn) },
      { label: phrase('notes:label.when'), value: phrase('general:plain', { text: when(note.visitedAt) }) },
      ...(present ? [{ label: phrase('notes:label.present'), value: present }] : []),
      { label: phrase('notes:label.observed'), value: saidBack(note.observed) },
      ...part('notes:label.opinion', note.opinion),
      ...part('notes:label.next', note.next),
    ],
    steps: [...note.comments.map((one) => phrase('notes:comment', { comment: words(one.words) })), ...note.additions.map((one) => phrase('notes:addedBy', { text: words(one.words) }))],
    files: note.observed.files,
    buttons: buttonsOf(note, turn),
    isProtected: true,
  };
}

const name = async (id: PersonId, { store }: Turn): Promise<Phrase> => phrase('general:plain', { text: (await store.people.get(id))?.name ?? '—' });

const part = (label: 'notes:label.opinion' | 'notes:label.next', said: Said) => (said.words || said.files.length > 0 ? [{ label: phrase(label), value: saidBack(said) }] : []);

const saidBack = ({ words: text, files }: Said): Phrase => {
  if (!text) return phrase('notes:voiceInstead');
  return files.length > 0 ? phrase('general:wordsAndFiles', { text: words(text), count: files.length }) : phrase('general:plain', { text: words(text) });
};

function buttonsOf(note: Note, turn: Turn): Button[][] {
  if (note.state === 'submitted' && may(turn.ability, 'validate-note', note)) {
    const withAddition: Button = { label: phrase('notes:wide.validateWith'), action: 'note.validateWith', subject: note.id, version: note.version, opensForm: true };
    return [decideButtons(note).slice(1), [withAddition]];
  }
  return note.state === 'returned' && note.writtenBy === turn.person?.id ? [[reopenButton(note)]] : [];
}

const begin: Handler = async (_turn, { subject, value }) => ({ open: { form: visitReport.form, answers: { ...(value === 1 ? { kind: 'observation' } : {}), ...(subject ? { [visitReport.case]: subject } : {}) } } });

const validate: Handler = async (turn, { subject, version }) => validated(turn, { noteId: NoteId.parse(subject), asOf: version });

/** Opens a form about a note that waits; what was decided already, or is not this person's to decide, is said at once. */
const asks =
  (name: 'return-note' | 'validate-note'): Handler =>
  async (turn, { subject, version }) => {
    const note = await turn.store.notes.get(subject);
    const isOpen = note?.state === 'submitted' && note.version === version;
    if (isOpen && may(turn.ability, name, note)) return { open: { form: name, answers: { noteId: subject, asOf: String(version) } } };
    const refused = await turn.execute(returnNote, { noteId: NoteId.parse(subject), asOf: version, comment: '' });
    return refused.is === 'refused' ? refusalSaid(turn, refused) : {};
  };

/** "Merg la comentariu": the returned note, read with its line, opened with the old answers. */
const reopen: Handler = async (turn, { subject }: Press) => {
  const opened = await turn.execute(readNote, { noteId: NoteId.parse(subject) });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const note = opened.result;
  if (note.state !== 'returned') return { say: [{ lines: [phrase('notes:alreadyDecided', { number: note.number, state: phrase(`notes:state.${note.state}`) })] }] };
  return { open: { form: 'correct-note', answers: answersOf(note) } };
};

/** A note as the answers of its form; files stay with the note and need not be sent again. */
const answersOf = ({ id, visitedAt, present, observed, opinion, next, comments }: Note): FormAnswers => ({
  noteId: id,
  comment: comments.at(-1)?.words ?? '',
  [visitReport.when]: visitedAt.toISOString(),
  present: present ?? '',
  observed,
  opinion,
  next,
});

/** What waits for the coordinator; for who writes, the latest of their own. */
const listNotes: Handler = async (turn) => {
  const { person } = turn;
  if (!person) return {};
  const waiting = await notesToValidate({ ...turn, viewer: person, isNewest: true, channel: turn.incoming.channel });
  if (waiting) return { say: [{ lines: [phrase('coordinator:notes', { count: waiting.count })], sections: [waiting] }] };
  return { say: [await ownNotes(turn, person.id)] };
};

async function ownNotes(turn: Turn, writer: PersonId): Promise<Message> {
  const notes = await turn.store.notes.writtenBy(writer);
  if (notes.length === 0) return { lines: [phrase('notes:noneMine')], buttons: [[{ label: phrase('home:button.newNote'), action: 'note.new', opensForm: true }]] };
  const rows: Button[][] = [];
  for (const { id, version, number, caseId } of notes) {
    const label = phrase('notes:row', { number, caseRef: (await turn.store.cases.must(caseId)).number });
    rows.push([{ label, action: 'note.read', subject: id, version, opensForm: true }]);
  }
  return { lines: [phrase('notes:mine')], buttons: rows };
}

/** Files outside a question: they join the report that is read over, or the note that was just sent. */
export async function lateFiles(turn: Turn, { files, caption }: Extract<Incoming, { kind: 'files' }>): Promise<Answer | undefined> {
  const shown = await addFilesToPlayback(turn, files, caption);
  if (shown || !turn.person) return shown;
  const [last] = await turn.store.notes.writtenBy(turn.person.id, 1);
  if (!last || !takesLateFiles(last, turn)) return undefined;
  const added = await turn.execute(addFileToNote, { noteId: last.id, files: await keepFiles(turn, files), words: caption });
  return added.is === 'refused' ? refusalSaid(turn, added) : { say: [{ lines: [phrase('notes:mediaLate', { number: added.result.number })] }] };
}

export const noteHandlers = {
  'note.new': begin,
  'note.read': read,
  'note.validate': validate,
  'note.validateWith': asks('validate-note'),
  'note.return': asks('return-note'),
  'note.reopen': reopen,
  'note.list': listNotes,
} satisfies Partial<Record<Action, Handler>>;
