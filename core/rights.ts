import type { CaseId, PersonId } from './id.ts';
import type { Role } from './roles.ts';

/** Who asks. `actsFor`: the person, and those whose absence makes this person the substitute today. `openedCases`: foreign cases that stand open to them now. */
export type Asker = { id: PersonId | undefined; roles: Role[]; actsFor: PersonId[]; openedCases?: CaseId[] };

/** What a permission may look at, by kind of subject. Always on loaded subjects, never on input. */
export type Subjects = {
  office: { id: string };
  person: { id: PersonId | undefined; role: Role; coordinatorId?: PersonId | undefined };
  case: {
    id: string | undefined;
    personId?: PersonId | undefined;
    coordinatorId?: PersonId | undefined;
    technicianIds: PersonId[];
  };
  alert: {
    id: string;
    raisedBy?: PersonId | undefined;
    personId?: PersonId | undefined;
    coordinatorId?: PersonId | undefined;
    ownerId?: PersonId | undefined;
    handOverTo?: PersonId | undefined;
    caseId?: CaseId | undefined;
    state: string;
    toldIds: PersonId[];
  };
  note: {
    id: string;
    writtenBy: PersonId;
    coordinatorId: PersonId;
    caseId?: CaseId | undefined;
    state: string;
  };
  appointment: {
    id: string;
    personId: PersonId;
    coordinatorId: PersonId;
    caseId?: CaseId | undefined;
    state: string;
  };
  message: { id: string; personId?: PersonId | undefined; coordinatorId?: PersonId | undefined; readerIds: PersonId[] };
  feedback: { id: string; personId?: PersonId | undefined; coordinatorId: PersonId };
  request: { id: string; askedBy: PersonId; decidedBy: PersonId };
  erasure: { id: string; askedBy: PersonId; coordinatorId?: PersonId | undefined };
  glass: { id: string; askedBy: PersonId };
  invitation: { id: string; role: Role; personId: PersonId; coordinatorId?: PersonId | undefined };
};
/** What a use case is about. */
export type Kind = keyof Subjects;

/** Conditions on open fields: a value, `$in`, `$ne`, `$elemMatch`. Top-level `$or`, `$and`, `$not` are silently false in the check. */
export type Where<T> = { [F in keyof T]?: Condition<NonNullable<T[F]>> };
type Condition<V> = ([V] extends [(infer E)[]] ? E | { $in: E[] } : V | { $in: V[] } | { $ne: V }) | undefined;
/** Several conditions mean: any of them. Asked only for somebody on file: who has no id owns nothing. */
export type Rule<K extends Kind> = 'all' | 'none' | ((asker: Known) => Where<Subjects[K]> | Where<Subjects[K]>[]);
/** An asker who is on file. */
export type Known = Asker & { id: PersonId };
/** Of one use case: which role has which right; one that is not named has none. */
export type Row<K extends Kind> = Partial<Record<Role, Rule<K>>>;

/** By which right a reading was allowed; it stands in the journal beside the reading. `role`: the role alone gives the right. */
export const readingReasons = [
  'own case',
  'visited case',
  'taken alert',
  'on duty',
  'own report',
  'own words',
  'addressed',
  'break-glass',
  'role',
] as const;
export type ReadingReason = (typeof readingReasons)[number];

const reasons = new WeakMap<object, ReadingReason>();
/** Names the right that a condition gives. */
export const because =
  <W extends object>(reason: ReadingReason, where: (asker: Known) => W) =>
  (asker: Known): W => {
    const condition = where(asker);
    reasons.set(condition, reason);
    return condition;
  };

/** The right that a condition gives; that of the role alone when it has no name. */
export const reasonOf = (condition: object | undefined): ReadingReason =>
  (condition && reasons.get(condition)) ?? 'role';
