import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase, when } from '../phrase.ts';
import type { Note } from './note.ts';
import { caseRef, decideButtons, reopenButton, startButton } from './note-cards.ts';
import { type SheetDue, sheetsDueOf } from './sheet-due.ts';

const mostShown = 10;

/** Notes that wait for the coordinator, or for who stands in: the oldest first. */
export async function notesToValidate(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'coordinator') return undefined;
  const notes = await view.store.notes.toValidate(
    filterFor(abilityOf(await askerFor(view.viewer, view)), 'validate-note'),
  );
  return section('home:section.notes', notes, (note) => noteItem(note, view));
}

/** Notes that came back to the technician with a comment. */
export async function returnedNotes(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'technician') return undefined;
  return section('notes:section.returned', await view.store.notes.returnedTo(view.viewer.id), (note) =>
    returnedItem(note, view),
  );
}

/** Sheets a technician owes after an alert, with their term [GUIDE g044]. */
export async function sheetsDue(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'technician') return undefined;
  return section('notes:section.due', await sheetsDueOf(view.viewer.id, view), (sheet) => sheetItem(sheet, view));
}

async function section<T>(
  title: 'home:section.notes' | 'notes:section.returned' | 'notes:section.due',
  things: T[],
  item: (thing: T) => Promise<SectionItem>,
): Promise<Section> {
  const items: SectionItem[] = [];
  for (const thing of things.slice(0, mostShown)) items.push(await item(thing));
  return { title: phrase(title), count: things.length, empty: phrase('home:section.empty'), items };
}

async function noteItem(note: Note, view: CardView): Promise<SectionItem> {
  const writer = (await view.store.people.get(note.writtenBy))?.name ?? '—';
  const [read, validate] = decideButtons(note);
  return {
    lines: [
      phrase('notes:row', { number: note.number, caseRef: await caseRef(note.caseId, view) }),
      phrase('notes:rowFrom', { name: writer, day: day(note.visitedAt) }),
    ],
    tone: 'amber',
    buttons: [read, validate].filter((button) => button !== undefined),
  };
}

const returnedItem = async (note: Note, view: CardView): Promise<SectionItem> => ({
  lines: [phrase('notes:row', { number: note.number, caseRef: await caseRef(note.caseId, view) })],
  tone: 'blue',
  buttons: [reopenButton(note)],
});

const sheetItem = async ({ caseId, dueAt }: SheetDue, view: CardView): Promise<SectionItem> => ({
  lines: [phrase('notes:rowDue', { caseRef: await caseRef(caseId, view), when: when(dueAt) })],
  tone: dueAt > view.now ? 'amber' : 'red',
  buttons: [startButton(caseId)],
});
