import type { Alert } from '../alerts/alert.ts';
import type { CaseId, PersonId } from '../id.ts';
import { phrase, when } from '../phrase.ts';
import type { Reaction, ReactionDeps } from '../reactions.ts';
import type { Settings } from '../settings.ts';
import { addMinutes, isQuiet } from '../time.ts';
import type { Looks } from '../world.ts';
import { sheetDueAt } from './note.ts';

/** A sheet somebody owes and has not written yet. */
export type SheetDue = { alertId: Alert['id']; caseId: CaseId; writtenBy: PersonId; dueAt: Date };

/** After an alert on danger to life or abuse the technician owes an observation sheet: it is said once, softly, and asked for before it is due [GUIDE g042, g044]. */
export function sheetAfterAlert(alert: Alert, { actor, settings, now }: ReactionDeps): Reaction[] {
  if (!owesSheet(alert) || !actor.roles.includes('technician')) return [];
  const dueAt = sheetDueAt(alert.raisedAt, settings);
  const start = {
    label: phrase('work:button.startReport'),
    action: 'note.new' as const,
    subject: alert.caseId as string,
    value: 1,
  };
  return [
    {
      do: 'tell',
      to: alert.raisedBy as PersonId,
      message: { lines: [phrase('alerts:sheetDue', { when: when(dueAt) })], buttons: [[start]], isSilent: true },
      lane: 'routine',
    },
    {
      do: 'timer',
      key: sheetKey(alert.id),
      kind: 'remind-note-due',
      subject: alert.id,
      at: firstReminder(dueAt, now, settings),
    },
  ];
}

/** Key of the timer that reminds of a sheet which an alert asks for. */
export const sheetKey = (alertId: string): string => `sheet-${alertId}`;

/** Sheets a person owes, the first due first; one that was written since is not among them. */
export async function sheetsDueOf(personId: PersonId, deps: Looks): Promise<SheetDue[]> {
  const alerts = await deps.store.alerts.find(
    { raisedBy: personId, origin: 'report', level: { $in: ['life', 'abuse'] }, caseId: { $exists: true } },
    { sort: { raisedAt: 1 }, limit: 100 },
  );
  const due: SheetDue[] = [];
  for (const alert of alerts) {
    const sheet = await sheetDueFor(alert, deps);
    if (sheet) due.push(sheet);
  }
  return due;
}

/** The sheet still owed after an alert; `undefined` once a note on the case is there, or the case is somebody else's now. */
export async function sheetDueFor(alert: Alert, { store, settings }: Looks): Promise<SheetDue | undefined> {
  if (!owesSheet(alert)) return undefined;
  const caseId = alert.caseId as CaseId;
  const writtenBy = alert.raisedBy as PersonId;
  const isTheirs = (await store.cases.get(caseId))?.technicianIds.includes(writtenBy);
  if (!isTheirs || (await store.notes.writtenAfter(caseId, writtenBy, alert.raisedAt))) return undefined;
  return { alertId: alert.id, caseId, writtenBy, dueAt: sheetDueAt(alert.raisedAt, settings) };
}

const owesSheet = ({ origin, level, caseId, raisedBy }: Alert): boolean =>
  origin === 'report' && level !== 'urgent' && caseId !== undefined && raisedBy !== undefined;

/** Some hours before it is due, in the evening before when that would be at night; never at once. */
export function firstReminder(dueAt: Date, now: Date, settings: Settings): Date {
  let at = addMinutes(dueAt, -settings.notes.dueReminderHours * 60);
  while (isQuiet(at, settings.quietHours)) at = addMinutes(at, -30);
  return new Date(Math.max(at.getTime(), addMinutes(now, 60).getTime()));
}

/** After a reminder: at the end of the term, and then day by day until it is there. */
export function nextReminder(dueAt: Date, now: Date, settings: Settings): Date {
  return dueAt > now ? dueAt : addMinutes(now, settings.notes.returnedReminderHours * 60);
}
