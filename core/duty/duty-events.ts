import type { DutyId, PersonId } from '../id.ts';

export type DutyEvents = {
  'duty.set': { dutyId: DutyId; personId: PersonId; from: string; to: string };
  'duty.removed': { dutyId: DutyId; personId: PersonId; from: string };
  /** Hours without anybody on duty come near. */
  'duty.gap-near': { from: string; to: string };
  'absence.set': { absenceId: DutyId; personId: PersonId; substituteId: PersonId; from: string; to: string };
  'absence.ended': { absenceId: DutyId; personId: PersonId; substituteId: PersonId };
  'last-resort.set': { people: PersonId[] };
  /** The weekly test of the line went out. */
  'test-ring.rung': { ringId: DutyId; people: PersonId[] };
  'test-ring.heard': { ringId: DutyId; personId: PersonId; isLate: boolean };
  /** The evening of the test: who did not answer. */
  'test-ring.judged': { ringId: DutyId; silent: PersonId[] };
};
