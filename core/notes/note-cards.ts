import { abilityOf, may } from '../ability.ts';
import type { Card, CardView } from '../cards.ts';
import type { CaseId, PersonId } from '../id.ts';
import type { Button, Message, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, type Phrase, phrase, when, words } from '../phrase.ts';
import { draftOf } from './draft-due.ts';
import type { Note } from './note.ts';
import { sheetDueFor } from './sheet-due.ts';

/** The cards of a note. None carries a name of a beneficiary or the text: "Citesc" opens it, journaled (`delivery.md` 5). */
export const noteCards = {
  'note-to-validate': (id, view) =>
    draw(id, view, async (note) => ((await mayDecide(note, view)) ? deciderCard(note, view) : undefined)),
  'note-validated': (id, view) =>
    draw(id, view, (note) =>
      note.state === 'validated'
        ? writerCard(note, phrase('notes:notice.validated', { number: note.number }))
        : undefined,
    ),
  'note-returned': (id, view) =>
    draw(id, view, (note) =>
      note.state === 'validated'
        ? writerCard(note, phrase('notes:notice.validated', { number: note.number }))
        : returnedCard(note, 'notes:notice.returned', view),
    ),
  'note-still-returned': (id, view) =>
    draw(id, view, (note) =>
      note.state === 'returned' ? returnedCard(note, 'notes:notice.stillReturned', view) : undefined,
    ),
  'sheet-due': sheetCard,
  'draft-due': draftCard,
} satisfies Record<string, Card>;

async function draw(
  id: string,
  view: CardView,
  card: (note: Note, view: CardView) => Promise<Message | undefined> | Message | undefined,
): Promise<Message | undefined> {
  const note = await view.store.notes.get(id);
  return note && card(note, view);
}

const mayDecide = async (note: Note, view: CardView): Promise<boolean> =>
  may(abilityOf(await askerFor(view.viewer, view)), 'validate-note', note);

/** Place and writer first; once decided it says by whom and when, and has no buttons. */
async function deciderCard(note: Note, view: CardView): Promise<Message> {
  const head = phrase('coordinator:notice.note', {
    caseRef: await caseRef(note.caseId, view),
    name: await nameOf(note.writtenBy, view),
    day: day(note.visitedAt),
  });
  const isOpen = note.state === 'submitted' && view.isNewest;
  return {
    state: { tone: tones[note.state], word: phrase(`notes:state.${note.state}`) },
    lines: [head, ...(await decision(note, view))],
    ...(isOpen ? { buttons: [decideButtons(note)] } : {}),
  };
}

const tones: Record<Note['state'], Tone> = { submitted: 'amber', validated: 'green', returned: 'blue' };

async function decision(note: Note, view: CardView): Promise<Phrase[]> {
  if (note.state === 'submitted' || !note.decidedAt) return [];
  return [phrase('notes:decided', { name: await nameOf(note.decidedBy, view), when: when(note.decidedAt) })];
}

/** "Citesc", "Validez", "Returnez", as of the version that is shown. */
export function decideButtons({ id, version }: Note): Button[] {
  const about = { subject: id as string, version };
  return [
    { label: phrase('general:button.read'), action: 'note.read', ...about, opensForm: true },
    { label: phrase('coordinator:button.validate'), action: 'note.validate', ...about, style: 'primary' },
    { label: phrase('coordinator:button.return'), action: 'note.return', ...about, opensForm: true },
  ];
}

const writerCard = (note: Note, line: Phrase): Message => ({
  state: { tone: tones[note.state], word: phrase(`notes:state.${note.state}`) },
  lines: [line],
  buttons: [
    [
      {
        label: phrase('general:button.read'),
        action: 'note.read',
        subject: note.id,
        version: note.version,
        opensForm: true,
      },
    ],
  ],
});

/** The comment, and the way to it; once corrected there is nothing left to press. */
function returnedCard(
  note: Note,
  key: 'notes:notice.returned' | 'notes:notice.stillReturned',
  { isNewest }: CardView,
): Message {
  const comment = words(note.comments.at(-1)?.words ?? '');
  const isOpen = note.state === 'returned' && isNewest;
  return {
    state: { tone: tones[note.state], word: phrase(`notes:state.${note.state}`) },
    lines: [phrase(key, { number: note.number, comment })],
    ...(isOpen ? { buttons: [[reopenButton(note)]] } : {}),
    isProtected: true,
  };
}

/** "Merg la comentariu": opens the returned note with its old answers. */
export const reopenButton = ({ id, version }: Note): Button => ({
  label: phrase('notes:button.openComment'),
  action: 'note.reopen',
  subject: id,
  version,
  style: 'primary',
  opensForm: true,
});

async function sheetCard(alertId: string, view: CardView): Promise<Message | undefined> {
  const alert = await view.store.alerts.get(alertId);
  if (alert?.raisedBy !== view.viewer.id) return undefined;
  const due = await sheetDueFor(alert, view);
  if (!due) return { lines: [phrase('notes:sheetWritten')] };
  return { ...(await dueLines(due, view)), ...(view.isNewest ? { buttons: [[startButton(due.caseId)]] } : {}) };
}

/** "Încep raportul": the observation sheet of a case. */
export const startButton = (caseId: CaseId): Button => ({
  label: phrase('work:button.startReport'),
  action: 'note.new',
  subject: caseId,
  value: 1,
  opensForm: true,
});

async function draftCard(run: string, view: CardView): Promise<Message | undefined> {
  const due = await draftOf(view.viewer.id, run, view);
  return due && { ...(await dueLines(due, view)), buttons: [[continueButton(run)]] };
}

/** "Continui": the draft where it stopped. */
export const continueButton = (run: string): Button => ({
  label: phrase('general:button.continue'),
  action: 'form.resume',
  subject: run,
  value: 1,
  style: 'primary',
  opensForm: true,
});

async function dueLines({ caseId, dueAt }: { caseId: CaseId; dueAt: Date }, view: CardView): Promise<Message> {
  const key = dueAt > view.now ? 'notes:notice.due' : 'notes:notice.overdue';
  return { lines: [phrase(key, { caseRef: await caseRef(caseId, view), when: when(dueAt) })] };
}

/** A case as messages name it: by its number. */
export const caseRef = async (caseId: CaseId, { store }: Pick<CardView, 'store'>): Promise<string> =>
  (await store.cases.get(caseId))?.number ?? '—';

const nameOf = async (id: PersonId | undefined, { store }: CardView): Promise<string> =>
  (id && (await store.people.get(id))?.name) || '—';
