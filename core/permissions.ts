import { AbilityBuilder, createMongoAbility, type MongoAbility, subject as mark } from '@casl/ability';
import { accessibleBy } from '@casl/mongoose';
import type { Filter } from './collection.ts';
import type { CaseId, PersonId } from './id.ts';
import { personRoles, type Role, staffRoles } from './roles.ts';

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
type Kind = keyof Subjects;

/** Every use case and the kind of its subject. A use case that is not here does not compile. */
export const useCases = {
  // people and accounts
  'invite-staff': 'office',
  'open-person': 'office',
  'reissue-invitation': 'person',
  'revoke-invitation': 'person',
  'accept-invitation': 'invitation',
  'ask-for-invitation': 'invitation',
  'expire-invitation': 'invitation',
  'list-invitations': 'invitation',
  'link-other-chat': 'person',
  'choose-language': 'person',
  'stop-writing': 'person',
  'resume-writing': 'person',
  'mark-unreachable': 'person',
  'close-access': 'person',
  'cut-account': 'person',
  'name-coordinator': 'person',
  'assign-technician': 'case',
  'read-person': 'person',
  'list-people': 'office',
  // the office
  'introduce-office': 'office',
  'hold-office': 'office',
  'prepare-release': 'office',
  'release-hold': 'office',
  'void-buttons': 'office',
  // duty
  'set-duty': 'office',
  'remove-duty': 'office',
  'set-absence': 'person',
  'end-absence': 'person',
  'warn-duty-gap': 'office',
  'set-last-resort': 'office',
  'ring-test': 'office',
  'hear-test': 'person',
  'judge-test': 'office',
  // alerts
  'raise-alert': 'case',
  'ask-for-help': 'person',
  'add-to-alert': 'alert',
  'escalate-alert': 'alert',
  'choose-anew': 'alert',
  'take-alert': 'alert',
  'note-step': 'alert',
  'hand-over-alert': 'alert',
  'answer-hand-over': 'alert',
  'hand-back-alert': 'alert',
  'close-alert': 'alert',
  'read-alert': 'alert',
  'list-alerts': 'alert',
  // cases
  'read-case': 'case',
  'list-cases': 'case',
  // notes
  'submit-note': 'case',
  'resubmit-note': 'note',
  'validate-note': 'note',
  'return-note': 'note',
  'read-note': 'note',
  'list-notes': 'note',
  'remind-note': 'note',
  'add-file-to-note': 'note',
  // appointments
  'book-appointment': 'case',
  'ask-for-appointment': 'person',
  'confirm-appointment': 'appointment',
  'ask-to-move': 'appointment',
  'offer-times': 'appointment',
  'choose-time': 'appointment',
  'decline-offers': 'appointment',
  'move-appointment': 'appointment',
  'cancel-appointment': 'appointment',
  'call-off-appointment': 'appointment',
  'mark-came': 'appointment',
  'mark-missed': 'appointment',
  'remind-appointment': 'appointment',
  'ask-how-it-went': 'appointment',
  'list-appointments': 'appointment',
  'read-appointment': 'appointment',
  // feedback
  'give-feedback': 'appointment',
  'add-to-feedback': 'feedback',
  'answer-feedback': 'feedback',
  'read-feedback': 'feedback',
  'list-feedback': 'feedback',
  'forget-return-address': 'feedback',
  // messages
  'send-message': 'person',
  'keep-words': 'person',
  'edit-words': 'message',
  'answer-message': 'message',
  'close-message': 'message',
  'read-message': 'message',
  'list-messages': 'message',
  'remind-message': 'message',
  // requests prepared for whoever decides
  'send-request': 'person',
  'read-request': 'request',
  'answer-request': 'request',
  'list-requests': 'request',
  // erasing somebody for good
  'ask-for-erasure': 'person',
  'answer-erasure': 'erasure',
  'finish-erasure': 'erasure',
  'repeat-erasure': 'person',
  // a foreign case that cannot wait
  'break-glass': 'case',
  'read-break-glass': 'glass',
  'review-break-glass': 'glass',
  'list-break-glass': 'glass',
  'remind-break-glass': 'glass',
  'end-break-glass': 'glass',
  // files
  'refuse-file': 'office',
} as const satisfies Record<string, Kind>;
export type UseCaseName = keyof typeof useCases;
/** What the permission of a use case is asked about. */
export type SubjectOf<U extends UseCaseName> = Subjects[(typeof useCases)[U]];

/** Conditions on open fields: a value, `$in`, `$ne`, `$elemMatch`. Top-level `$or`, `$and`, `$not` are silently false in the check. */
type Where<T> = { [F in keyof T]?: Condition<NonNullable<T[F]>> };
type Condition<V> = ([V] extends [(infer E)[]] ? E | { $in: E[] } : V | { $in: V[] } | { $ne: V }) | undefined;
/** Several conditions mean: any of them. Asked only for somebody on file: who has no id owns nothing. */
type Rule<K extends Kind> = 'all' | 'none' | ((asker: Known) => Where<Subjects[K]> | Where<Subjects[K]>[]);
type Known = Asker & { id: PersonId };
type Row<K extends Kind> = Partial<Record<Role, Rule<K>>>;
type Table = { [U in UseCaseName]: Row<(typeof useCases)[U]> };

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
const because =
  <W extends object>(reason: ReadingReason, where: (asker: Known) => W) =>
  (asker: Known): W => {
    const condition = where(asker);
    reasons.set(condition, reason);
    return condition;
  };

const itself = because('own words', ({ id }) => ({ id }));
const ownCase = because('own case', ({ actsFor }) => ({ coordinatorId: { $in: actsFor } }));
const visitedCase = because('visited case', ({ id }) => ({ technicianIds: id }));
const ofPerson = because('own words', ({ id }) => ({ personId: id }));
const raisedIt = because('own report', ({ id }) => ({ raisedBy: id }));
const wroteIt = because('own words', ({ id }) => ({ writtenBy: id }));
const owned = because('taken alert', ({ id }) => ({ ownerId: id }));
const offered = because('addressed', ({ id }) => ({ handOverTo: id }));
const told = because('on duty', ({ id }) => ({ toldIds: id }));
const reader = because('addressed', ({ id }) => ({ readerIds: id }));
const decides = because('addressed', ({ actsFor }) => ({ decidedBy: { $in: actsFor } }));
/** The second of two: never who asked. */
const secondOne = ({ id }: Known) => ({ askedBy: { $ne: id } });
const secondOnOwn = ({ id, actsFor }: Known) => ({ askedBy: { $ne: id }, coordinatorId: { $in: actsFor } });
const openedCase = because('break-glass', ({ openedCases = [] }) => ({ id: { $in: openedCases as string[] } }));
const onOpenedCase = because('break-glass', ({ openedCases = [] }) => ({ caseId: { $in: openedCases } }));
const onStaff = () => ({ role: { $in: [...staffRoles] } });
const readsMessage = (asker: Known) => [ownCase(asker), reader(asker)];
const readsCase = (asker: Known) => [openedCase(asker), ownCase(asker)];
const readsOnCase = (asker: Known) => [onOpenedCase(asker), ownCase(asker)];
const readsAlert = (asker: Known) => [onOpenedCase(asker), ...seesAlert(asker)];
const seesAlert = (asker: Known) => [told(asker), ownCase(asker), owned(asker)];

/** The same right for each of these roles. */
const each = <R>(roles: readonly Role[], rule: R): Partial<Record<Role, R>> =>
  Object.fromEntries(roles.map((role) => [role, rule]));
const toEverybody = each([...personRoles, 'stranger'], 'all' as const);
const toThemselves = each(personRoles, itself);
const toStaffThemselves = each(staffRoles, itself);
const toOwner = each(staffRoles, owned);
const toSecondPerson = each(['supervisor', 'admin'], secondOne);

/** Role -> use case -> which subjects. A role that is not named in a row has no right. [GUIDE] for what a technician never does. */
export const table: Table = {
  'invite-staff': { admin: 'all', system: 'all' },
  'open-person': { coordinator: 'all', system: 'all' },
  'reissue-invitation': { coordinator: ownCase, admin: onStaff, system: 'all' },
  'revoke-invitation': { coordinator: ownCase, admin: onStaff, system: 'all' },
  'accept-invitation': toEverybody,
  'ask-for-invitation': toEverybody,
  'expire-invitation': { system: 'all' },
  'list-invitations': { coordinator: ownCase, admin: onStaff },
  'link-other-chat': toStaffThemselves,
  'choose-language': toThemselves,
  'stop-writing': toThemselves,
  'resume-writing': toThemselves,
  'mark-unreachable': { system: 'all' },
  'close-access': { admin: onStaff, system: 'all' },
  'cut-account': { coordinator: ownCase, admin: onStaff, system: 'all' },
  'name-coordinator': { admin: onStaff, system: 'all' },
  'assign-technician': { coordinator: ownCase, system: 'all' },
  'read-person': { beneficiary: itself, technician: 'none', coordinator: ownCase, supervisor: onStaff, admin: onStaff },
  'introduce-office': { system: 'all' },
  'hold-office': { system: 'all' },
  'prepare-release': { system: 'all' },
  'release-hold': { admin: 'all' },
  'void-buttons': { system: 'all' },
  'list-people': { admin: 'all', supervisor: 'all' },
  'set-duty': { admin: 'all', supervisor: 'all', system: 'all' },
  'remove-duty': { admin: 'all', supervisor: 'all', system: 'all' },
  'set-absence': { admin: 'all', supervisor: 'all', coordinator: itself, system: 'all' },
  'end-absence': { admin: 'all', supervisor: 'all', coordinator: itself, system: 'all' },
  'warn-duty-gap': { system: 'all' },
  'set-last-resort': { admin: 'all', system: 'all' },
  'ring-test': { system: 'all' },
  'hear-test': toStaffThemselves,
  'judge-test': { system: 'all' },
  'raise-alert': { technician: visitedCase, coordinator: 'all', supervisor: 'all', system: 'all' },
  'ask-for-help': { ...toThemselves, stranger: 'all' },
  'add-to-alert': {
    technician: raisedIt,
    beneficiary: ofPerson,
    guardian: ofPerson,
    coordinator: 'all',
    supervisor: 'all',
    stranger: 'all',
  },
  'escalate-alert': { system: 'all' },
  'choose-anew': { system: 'all' },
  'take-alert': { coordinator: 'all', supervisor: 'all', admin: told, technician: told },
  'note-step': toOwner,
  'hand-over-alert': toOwner,
  'answer-hand-over': {
    coordinator: offered,
    supervisor: offered,
  },
  'hand-back-alert': toOwner,
  'close-alert': { coordinator: owned, supervisor: owned },
  'read-alert': {
    coordinator: readsAlert,
    supervisor: 'all',
    technician: raisedIt,
    admin: owned,
  },
  'list-alerts': {
    coordinator: seesAlert,
    supervisor: 'all',
    technician: raisedIt,
    beneficiary: ofPerson,
  },
  'read-case': { coordinator: readsCase, supervisor: openedCase, technician: visitedCase, beneficiary: ofPerson },
  'list-cases': { coordinator: ownCase, technician: visitedCase, beneficiary: ofPerson },
  'submit-note': { technician: visitedCase, coordinator: ownCase },
  'resubmit-note': {
    technician: wroteIt,
    coordinator: wroteIt,
  },
  'validate-note': { coordinator: ownCase },
  'return-note': { coordinator: ownCase },
  'read-note': { coordinator: readsOnCase, supervisor: onOpenedCase, technician: wroteIt },
  'list-notes': { coordinator: ownCase, technician: wroteIt },
  'remind-note': { system: 'all' },
  'add-file-to-note': {
    technician: wroteIt,
    coordinator: wroteIt,
  },
  'book-appointment': { coordinator: ownCase },
  'ask-for-appointment': { beneficiary: itself, guardian: itself },
  'confirm-appointment': { beneficiary: ofPerson, guardian: ofPerson },
  'ask-to-move': { beneficiary: ofPerson, guardian: ofPerson },
  'offer-times': { coordinator: ownCase },
  'choose-time': { beneficiary: ofPerson, guardian: ofPerson },
  'decline-offers': { beneficiary: ofPerson, guardian: ofPerson },
  'move-appointment': { coordinator: ownCase },
  'cancel-appointment': { beneficiary: ofPerson, guardian: ofPerson },
  'call-off-appointment': { coordinator: ownCase },
  'mark-came': { coordinator: ownCase },
  'mark-missed': { coordinator: ownCase },
  'remind-appointment': { system: 'all' },
  'ask-how-it-went': { system: 'all' },
  'list-appointments': { beneficiary: ofPerson, guardian: ofPerson, coordinator: ownCase },
  'read-appointment': { coordinator: readsOnCase, supervisor: onOpenedCase },
  'give-feedback': { beneficiary: ofPerson, guardian: ofPerson },
  'add-to-feedback': { beneficiary: ofPerson, guardian: ofPerson },
  'answer-feedback': { coordinator: ownCase },
  'read-feedback': { coordinator: ownCase, beneficiary: ofPerson, guardian: ofPerson },
  'list-feedback': { coordinator: ownCase },
  'forget-return-address': { system: 'all' },
  'send-message': toThemselves,
  'keep-words': { ...toThemselves, stranger: 'all' },
  'edit-words': { ...each(personRoles, ofPerson), stranger: 'all' },
  'answer-message': { coordinator: readsMessage, supervisor: 'all' },
  'close-message': { coordinator: readsMessage, supervisor: 'all' },
  'read-message': { coordinator: readsMessage, supervisor: 'all' },
  'list-messages': { coordinator: readsMessage, supervisor: reader },
  'remind-message': { system: 'all' },
  'send-request': { ...toStaffThemselves, beneficiary: itself, guardian: itself },
  'read-request': { coordinator: decides, supervisor: decides, admin: decides },
  'answer-request': { coordinator: decides, supervisor: decides, admin: decides },
  'list-requests': { coordinator: decides, supervisor: decides, admin: decides },
  'break-glass': { coordinator: 'all', supervisor: 'all' },
  'read-break-glass': toSecondPerson,
  'review-break-glass': toSecondPerson,
  'list-break-glass': toSecondPerson,
  'remind-break-glass': { system: 'all' },
  'end-break-glass': { system: 'all' },
  'refuse-file': { system: 'all' },
  'ask-for-erasure': { coordinator: ownCase, admin: 'all' },
  'answer-erasure': { coordinator: secondOnOwn, supervisor: secondOne, admin: secondOne },
  'finish-erasure': { system: 'all' },
  'repeat-erasure': { system: 'all' },
};

export type Ability = MongoAbility;

/** The rights of one asker; built once per step (17 µs). */
export function abilityOf(asker: Asker): Ability {
  const { can, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const [name, row] of rows)
    for (const role of asker.roles)
      for (const where of conditions(row[role], asker))
        can(name, useCases[name], where).because((where && reasons.get(where)) ?? 'role');
  return build();
}

const rows = Object.entries(table) as [UseCaseName, Row<Kind>][];

/** What a rule asks of the subject: any of these; none at all when there is no right. */
function conditions(rule: Rule<Kind> | undefined, asker: Asker): (Where<Subjects[Kind]> | undefined)[] {
  if (!rule || rule === 'none') return [];
  if (rule === 'all') return [undefined];
  return isKnown(asker) ? [rule(asker)].flat() : [];
}

const isKnown = (asker: Asker): asker is Known => asker.id !== undefined;

/** The check on one loaded subject; the copy is because CASL marks what it is given. */
export function may<U extends UseCaseName>(ability: Ability, useCase: U, thing: SubjectOf<U>): boolean {
  return ability.can(useCase, mark(useCases[useCase], { ...thing }));
}

/** By which right: the last condition of the row that fits. Asked of what was allowed. */
export function reasonFor<U extends UseCaseName>(ability: Ability, useCase: U, thing: SubjectOf<U>): ReadingReason {
  const rule = ability.relevantRuleFor(useCase, mark(useCases[useCase], { ...thing }));
  return (rule?.reason as ReadingReason | undefined) ?? 'role';
}

/** The same rule as a filter of a list. Without any right the list is empty, without an error. */
export function filterFor(ability: Ability, useCase: UseCaseName): Filter {
  return byStoredId(accessibleBy(ability, useCase).ofType(useCases[useCase])) as Filter;
}

/** What a thing calls `id` lies in the database as `_id`. */
function byStoredId(filter: unknown): unknown {
  if (Array.isArray(filter)) return filter.map(byStoredId);
  if (typeof filter !== 'object' || filter === null) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([field, asked]) => [field === 'id' ? '_id' : field, byStoredId(asked)]),
  );
}
