import type { CardName } from '../cards.ts';
import { AlertId, type NoteId, type PersonId } from '../id.ts';
import { presentFor } from '../people/contact.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { addMinutes, nextQuietEnd } from '../time.ts';
import { draftKey, draftOf } from './draft-due.ts';
import type { Note } from './note.ts';
import type { NoteEvents } from './note-events.ts';
import { nextReminder, sheetDueFor, sheetKey } from './sheet-due.ts';

/** What follows from each event of a note: the decider and the writer hear, copies change, reminders are set and taken back. */
export const noteReactions: Reactions<NoteEvents> = {
  'note.submitted': async ({ noteId }, deps) => {
    const note = await deps.store.notes.must(noteId);
    const asked = note.state === 'submitted' ? await askDecider(note, deps) : [];
    return [...asked, ...homes(note), ...(await sheetsWritten(note, deps))];
  },
  'note.resubmitted': async ({ noteId }, deps) => {
    const note = await deps.store.notes.must(noteId);
    return [
      { do: 'refresh', subject: noteId },
      ...(await askDecider(note, deps)),
      { do: 'cancel', key: returnedKey(noteId) },
      ...homes(note),
    ];
  },
  'note.validated': async ({ noteId, isOwn }, deps) => (isOwn ? [] : decided(noteId, 'note-validated', deps)),
  'note.returned': async ({ noteId }, deps) => [
    ...(await decided(noteId, 'note-returned', deps)),
    { do: 'timer', key: returnedKey(noteId), kind: 'remind-note-returned', subject: noteId, at: laterAgain(deps) },
  ],
  'note.file-added': ({ noteId }) => [{ do: 'refresh', subject: noteId }],
  'note.read': () => [],
  'note.reminded': async ({ to, why, about }, deps) => [
    routine(to, reminderCards[why], about.id, deps),
    { do: 'home', of: to },
    ...(await remindAgain(to, why, about.id, deps)),
  ],
};

const reminderCards = { returned: 'note-still-returned', sheet: 'sheet-due', draft: 'draft-due' } as const;

/** Key of the timer that asks for a returned note again. */
export const returnedKey = (noteId: string): string => `returned-${noteId}`;

/** An own message for whoever decides now: the coordinator, or who stands in. */
async function askDecider(note: Note, deps: ReactionDeps): Promise<Reaction[]> {
  const decider = await presentFor(note.coordinatorId, deps);
  const to = decider?.id ?? note.coordinatorId;
  return [
    routine(to, 'note-to-validate', note.id, deps),
    ...(to === note.coordinatorId ? [] : [{ do: 'home' as const, of: to }]),
  ];
}

async function decided(noteId: NoteId, card: CardName, deps: ReactionDeps): Promise<Reaction[]> {
  const note = await deps.store.notes.must(noteId);
  return [
    { do: 'refresh', subject: noteId },
    routine(note.writtenBy, card, noteId, deps),
    ...homes(note),
    ...(note.decidedBy && note.decidedBy !== note.coordinatorId ? [{ do: 'home' as const, of: note.decidedBy }] : []),
  ];
}

/** The sheet owed after an alert on this case is there: nobody is reminded of it any more. */
async function sheetsWritten({ caseId, writtenBy }: Note, { store }: ReactionDeps): Promise<Reaction[]> {
  const written: Reaction[] = [];
  for (const { id } of await store.alerts.find({ caseId, raisedBy: writtenBy })) {
    const isAskedFor = (await store.timers.get(sheetKey(id)))?.state === 'waiting';
    if (isAskedFor) written.push({ do: 'cancel', key: sheetKey(id) }, { do: 'refresh', subject: id });
  }
  return written;
}

async function remindAgain(
  to: PersonId,
  why: keyof typeof reminderCards,
  id: string,
  deps: ReactionDeps,
): Promise<Reaction[]> {
  if (why === 'returned')
    return [{ do: 'timer', key: returnedKey(id), kind: 'remind-note-returned', subject: id, at: laterAgain(deps) }];
  if (why === 'draft') return again(draftKey(id), to, (await draftOf(to, id, deps))?.dueAt, deps);
  return again(
    sheetKey(id),
    id,
    (await sheetDueFor(await deps.store.alerts.must(AlertId.parse(id)), deps))?.dueAt,
    deps,
  );
}

const again = (key: string, subject: string, dueAt: Date | undefined, { now, settings }: ReactionDeps): Reaction[] =>
  dueAt ? [{ do: 'timer', key, kind: 'remind-note-due', subject, at: nextReminder(dueAt, now, settings) }] : [];

const laterAgain = ({ now, settings }: ReactionDeps): Date =>
  addMinutes(now, settings.notes.returnedReminderHours * 60);

/** Routine waits in quiet hours (`delivery.md` 6). */
const routine = (to: PersonId, card: CardName, subject: string, { now, settings }: ReactionDeps): Reaction => ({
  do: 'tell',
  to,
  card,
  subject,
  lane: 'routine',
  at: nextQuietEnd(now, settings.quietHours),
});

const homes = ({ coordinatorId, writtenBy }: Note): Reaction[] =>
  [...new Set([coordinatorId, writtenBy])].map((of) => ({ do: 'home', of }));
