import { z } from 'zod';
import { CaseId, PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import type { Channel } from '../roles.ts';
import { channels, isStaff, personRoles } from '../roles.ts';

/** One account of a person in one chat. `address` is where messages go: a Telegram chat, a Slack user. */
export const Account = z.object({
  channel: z.enum(channels),
  /** The chat's own id of the person (Telegram user id, Slack user id), as text. */
  key: z.string(),
  address: z.string(),
  linkedAt: z.date(),
  /** Set when the chat refuses us (blocked, deactivated); the person's next word revives it (`delivery.md` 4). */
  isDead: z.boolean(),
});
export type Account = z.infer<typeof Account>;

/** Somebody on file: a beneficiary, or staff. One person, one role, any number of accounts. */
export const Person = z.object({
  id: PersonId,
  version: z.number().int(),
  role: z.enum(personRoles),
  name: z.string(),
  /** As typed; shown in groups. */
  phone: z.string().optional(),
  birthYear: z.number().int().optional(),
  language: z.enum(languages),
  /** Set once the person chose it by a button; before that it is a guess of the inviter. */
  isLanguageChosen: z.boolean(),
  status: z.enum(['invited', 'active', 'left']),
  accounts: z.array(Account),
  /** Rises when access is cut: older buttons and queued rows are void. */
  epoch: z.number().int(),
  /** The coordinator of a technician [GUIDE]. */
  coordinatorId: PersonId.optional(),
  /** Office place code, for example AR-07; never an address. */
  placeCode: z.string().optional(),
  /** "Stop writing to me": nothing unasked goes out, danger excepted. */
  hasStopped: z.boolean(),
  createdAt: z.date(),
  /** Foreign cases this person may read until then, because it could not wait (`core/break-glass`). */
  openedCases: z.array(z.object({ caseId: CaseId, until: z.date() })).optional(),
});
export type Person = z.infer<typeof Person>;

/** Accounts that can be reached, the preferred chat first: Slack for those who decide, else Telegram. */
export function reachable(person: Person): Account[] {
  const preferred: Channel = person.role === 'coordinator' || person.role === 'supervisor' ? 'slack' : 'telegram';
  return person.accounts
    .filter((account) => !account.isDead)
    .sort((a, b) => Number(b.channel === preferred) - Number(a.channel === preferred));
}

/** On staff and still at work here. */
export const isOnStaff = (person: Person): boolean => person.status === 'active' && isStaff(person.role);
