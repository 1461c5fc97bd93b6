import { may } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import { NoteId, type PersonId } from '#core/id.ts';
import type { Button, Message } from '#core/message.ts';
import { addFileToNote, takesLateFiles } from '#core/notes/add-file-to-note.ts';
import { visitReport } from '#core/notes/draft-due.ts';
import type { Note, Said } from '#core/notes/note.ts';
import { decideButtons, reopenButton } from '#core/notes/note-cards.ts';
import { notesToValidate } from '#core/notes/note-section.ts';
import { readNote } from '#core/notes/read-note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { type Phrase, phrase, when, words } from '#core/phrase.ts';
import { addFilesToPlayback } from '../dialogue/answer-form.ts';
import { keepFiles } from '../dialogue/files.ts';
import type { FormAnswers } from '../dialogue/form.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Press, Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { nameOnCase } from './cases.ts';
import { presenceWords, validated } from './note-forms.ts';
import { openAlertOf } from './open-alert.ts';

const read: Handler = async (turn, { subject }) => {
  const opened = await turn.execute(readNote, { noteId: NoteId.parse(subject) });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const { opinion, next } = opened.result;
  const spokenApart = [...opinion.files, ...next.files];
  return {
    show: { title: phrase('slack:modal.readNote'), message: await story(opened.result, turn) },
    ...(spokenApart.length > 0
      ? { say: [{ lines: [phrase('notes:opinionVoice')], files: spokenApart, isProtected: true }] }
      : {}),
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
    steps: [
      ...note.comments.map((one) => phrase('notes:comment', { comment: words(one.words) })),
      ...note.additions.map((one) => phrase('notes:addedBy', { text: words(one.words) })),
    ],
    files: note.observed.files,
    buttons: buttonsOf(note, turn),
    isProtected: true,
  };
}

const name = async (id: PersonId, { store }: Turn): Promise<Phrase> =>
  phrase('general:plain', { text: (await store.people.get(id))?.name ?? '—' });

const part = (label: 'notes:label.opinion' | 'notes:label.next', said: Said) =>
  said.words || said.files.length > 0 ? [{ label: phrase(label), value: saidBack(said) }] : [];

const saidBack = ({ words: text, files }: Said): Phrase => {
  if (!text) return phrase('notes:voiceInstead');
  return files.length > 0
    ? phrase('general:wordsAndFiles', { text: words(text), count: files.length })
    : phrase('general:plain', { text: words(text) });
};

function buttonsOf(note: Note, turn: Turn): Button[][] {
  if (note.state === 'submitted' && may(turn.ability, 'validate-note', note)) {
    const withAddition: Button = {
      label: phrase('notes:wide.validateWith'),
      action: 'note.validateWith',
      subject: note.id,
      version: note.version,
      opensForm: true,
    };
    return [decideButtons(note).slice(1), [withAddition]];
  }
  return note.state === 'returned' && note.writtenBy === turn.person?.id ? [[reopenButton(note)]] : [];
}

const begin: Handler = async (_turn, { subject, value }) => ({
  open: {
    form: visitReport.form,
    answers: { ...(value === 1 ? { kind: 'observation' } : {}), ...(subject ? { [visitReport.case]: subject } : {}) },
  },
});

const validate: Handler = async (turn, { subject, version }) =>
  validated(turn, { noteId: NoteId.parse(subject), asOf: version });

/** Opens a form about a note that waits; what was decided already, or is not this person's to decide, is said at once. */
const asks =
  (name: 'return-note' | 'validate-note'): Handler =>
  async (turn, { subject, version }) => {
    const note = await turn.store.notes.get(subject);
    const isOpen = note?.state === 'submitted' && note.version === version;
    if (isOpen && may(turn.ability, name, note))
      return { open: { form: name, answers: { noteId: subject, asOf: String(version) } } };
    const refused = await turn.execute(returnNote, { noteId: NoteId.parse(subject), asOf: version, comment: '' });
    return refused.is === 'refused' ? refusalSaid(turn, refused) : {};
  };

/** "Merg la comentariu": the returned note, read with its line, opened with the old answers. */
const reopen: Handler = async (turn, { subject }: Press) => {
  const opened = await turn.execute(readNote, { noteId: NoteId.parse(subject) });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const note = opened.result;
  if (note.state !== 'returned')
    return {
      say: [
        {
          lines: [phrase('notes:alreadyDecided', { number: note.number, state: phrase(`notes:state.${note.state}`) })],
        },
      ],
    };
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
  const waiting = await notesToValidate(viewOf(turn, person));
  if (waiting)
    return { say: [{ lines: [phrase('coordinator:notes', { count: waiting.count })], sections: [waiting] }] };
  return { say: [await ownNotes(turn, person.id)] };
};

async function ownNotes(turn: Turn, writer: PersonId): Promise<Message> {
  const notes = await turn.store.notes.writtenBy(writer);
  if (notes.length === 0)
    return {
      lines: [phrase('notes:noneMine')],
      buttons: [[{ label: phrase('home:button.newNote'), action: 'note.new', opensForm: true }]],
    };
  const rows: Button[][] = [];
  for (const { id, version, number, caseId } of notes) {
    const label = phrase('notes:row', { number, caseRef: (await turn.store.cases.must(caseId)).number });
    rows.push([{ label, action: 'note.read', subject: id, version, opensForm: true }]);
  }
  return { lines: [phrase('notes:mine')], buttons: rows };
}

/** Files outside a question: they join the report that is read over, or the note that was just sent, unless an alert came after it. */
export async function lateFiles(
  turn: Turn,
  { files, caption }: Extract<Incoming, { kind: 'files' }>,
): Promise<Answer | undefined> {
  const shown = await addFilesToPlayback(turn, files, caption);
  if (shown || !turn.person) return shown;
  const [last] = await turn.store.notes.writtenBy(turn.person.id, 1);
  if (!last || !takesLateFiles(last, turn)) return undefined;
  const alert = await openAlertOf(turn);
  if (alert && alert.raisedAt > last.submittedAt) return undefined;
  const added = await turn.execute(addFileToNote, {
    noteId: last.id,
    files: await keepFiles(turn, files),
    words: caption,
  });
  return added.is === 'refused'
    ? refusalSaid(turn, added)
    : { say: [{ lines: [phrase('notes:mediaLate', { number: added.result.number })] }] };
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
