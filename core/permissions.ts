import { because, type Kind, type Known, type Row, type Subjects } from './rights.ts';
import { personRoles, type Role, staffRoles } from './roles.ts';

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
  'accept-journal-finding': 'office',
  'begin-chain': 'office',
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
  // messages that were put together
  'unfold-digest': 'person',
  // files
  'refuse-file': 'office',
} as const satisfies Record<string, Kind>;
export type UseCaseName = keyof typeof useCases;
/** What the permission of a use case is asked about. */
export type SubjectOf<U extends UseCaseName> = Subjects[(typeof useCases)[U]];

type Table = { [U in UseCaseName]: Row<(typeof useCases)[U]> };

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
  'accept-journal-finding': { admin: 'all' },
  'begin-chain': { system: 'all' },
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
  'unfold-digest': toThemselves,
  'refuse-file': { system: 'all' },
  'ask-for-erasure': { coordinator: ownCase, admin: 'all' },
  'answer-erasure': { coordinator: secondOnOwn, supervisor: secondOne, admin: secondOne },
  'finish-erasure': { system: 'all' },
  'repeat-erasure': { system: 'all' },
};
