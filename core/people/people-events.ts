import type { PersonId } from '../id.ts';
import type { InvitationEvents } from '../invitations/invitation-events.ts';
import type { OfficeEvents } from '../office/office-events.ts';
import type { Channel, PersonRole } from '../roles.ts';

export type PeopleEvents = InvitationEvents &
  OfficeEvents & {
    'staff.entered': { personId: PersonId; role: PersonRole };
    /** Somebody has a case now, with a number and a contact. */
    'case.opened': { personId: PersonId; coordinatorId: PersonId; technicianIds: PersonId[] };
    'language.chosen': { personId: PersonId };
    'writing.stopped': { personId: PersonId };
    'writing.resumed': { personId: PersonId };
    /** "This is not for me": the account is not linked any more. */
    'account.unlinked': { personId: PersonId };
    'coordinator.named': { technicianId: PersonId; coordinatorId: PersonId; formerId?: PersonId | undefined };
    'technicians.assigned': { coordinatorId: PersonId; added: PersonId[]; removed: PersonId[] };
    /** Gone for good: how many alerts were theirs, and who has the rest now. */
    'access.closed': { personId: PersonId; alerts: number; heirId?: PersonId | undefined };
    /** A lost phone: `isLast` when no other chat reaches them. */
    'account.cut': { personId: PersonId; channel: Channel; isLast: boolean; alerts: number };
  };
