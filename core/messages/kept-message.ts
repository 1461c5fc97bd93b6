import { z } from 'zod';
import { CaseId, FileId, MessageId, PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import { channels } from '../roles.ts';
import type { Settings } from '../settings.ts';
import { addMinutes, addWorkingDays, nextWorkingInstant, type WorkingHours, workingHoursContains } from '../time.ts';
import type { Looks } from '../world.ts';

/** `written`: meant as a message. `notUnderstood`: the program could do nothing with it. `support`: somebody not on file asks for support. */
export const origins = ['written', 'notUnderstood', 'support'] as const;

/** What was sent in one go. `ref` and `albumRef` find it again when it is corrected, or when the rest of an album comes. */
export const Part = z.object({
  at: z.date(),
  words: z.string(),
  files: z.array(FileId),
  ref: z.string().optional(),
  albumRef: z.string().optional(),
  /** The words before each correction, oldest first. */
  former: z.array(z.object({ at: z.date(), words: z.string() })),
});
export type Part = z.infer<typeof Part>;

/** Where somebody not on file is answered. */
export const ReturnAddress = z.object({
  channel: z.enum(channels),
  key: z.string(),
  address: z.string(),
  language: z.enum(languages),
});
export type ReturnAddress = z.infer<typeof ReturnAddress>;

/** What somebody wrote to the team. Nothing a person sends is thrown away: somebody reads it, by a day that is said (`experience.md` 2). */
export const KeptMessage = z.object({
  id: MessageId,
  version: z.number().int(),
  /** For example M-301: what notifications may show. */
  number: z.string(),
  origin: z.enum(origins),
  personId: PersonId.optional(),
  account: ReturnAddress.optional(),
  caseId: CaseId.optional(),
  coordinatorId: PersonId.optional(),
  /** Who was told that it waits; they may read it. */
  readerIds: z.array(PersonId),
  parts: z.array(Part).min(1),
  receivedAt: z.date(),
  answerDueAt: z.date(),
  /** `closed`: read, and it needs no answer. */
  state: z.enum(['waiting', 'read', 'answered', 'closed']),
  answers: z.array(z.object({ by: PersonId, at: z.date(), words: z.string(), files: z.array(FileId) })),
  /** Written while an alert of this person is open: to be read today. */
  isFlagged: z.boolean(),
});
export type KeptMessage = z.infer<typeof KeptMessage>;

/** What every event of a message carries. */
export const aboutMessage = ({ id, caseId }: KeptMessage) => ({
  about: { kind: 'message', id: id as string },
  caseId: caseId as string | undefined,
  messageId: id,
});

/** How a card may name it: the number of the case, the name of a colleague, else its own number. Never the name of a beneficiary. */
export async function caseRefOf(
  { caseId, personId, number }: KeptMessage,
  { store }: Pick<Looks, 'store'>,
): Promise<string> {
  if (caseId) return (await store.cases.get(caseId))?.number ?? number;
  const person = personId && (await store.people.get(personId));
  return person && person.role !== 'beneficiary' && person.role !== 'guardian' ? person.name : number;
}

/** The office hours with the days it is closed. */
export const officeHours = ({ workingHours, closedDays }: Settings): WorkingHours => ({ ...workingHours, closedDays });

/** Whether somebody of the office is at work. */
export const isOpenNow = (at: Date, settings: Settings): boolean => workingHoursContains(at, officeHours(settings));

/** When the team reads what comes now. */
export const readAt = (at: Date, settings: Settings): Date => nextWorkingInstant(at, officeHours(settings));

/** By when it is answered, counted from the first hour of work. */
export const answerDueOf = (at: Date, settings: Settings): Date =>
  addWorkingDays(readAt(at, settings), settings.messages.answerWorkingDays, settings.closedDays);

/** The first reminder comes before the day that was promised, within working hours. */
export const firstReminderOf = (answerDueAt: Date, settings: Settings): Date =>
  readAt(addMinutes(answerDueAt, -60 * settings.messages.reminderHours), settings);

/** Each further one after the same span, on working days only. */
export const nextReminderOf = (now: Date, settings: Settings): Date =>
  readAt(addMinutes(now, 60 * settings.messages.reminderHours), settings);

/** Nobody waits for an answer any more. */
export const isOver = ({ state }: KeptMessage): boolean => state === 'answered' || state === 'closed';
