import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import { DutyId, PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';

/** A slot of the duty roster: who, from when, until when. */
export const DutySlot = z.object({
  id: DutyId,
  version: z.number().int(),
  personId: PersonId,
  from: z.date(),
  to: z.date(),
});
export type DutySlot = z.infer<typeof DutySlot>;

/** An absence and who stands in. Its id is its own; several may follow one another. */
export const Absence = z.object({
  id: DutyId,
  version: z.number().int(),
  personId: PersonId,
  substituteId: PersonId,
  from: z.date(),
  to: z.date(),
});
export type Absence = z.infer<typeof Absence>;

/** The duty roster, read at the moment of sending. */
export function dutyStore(connection: Connection, seal: Seal) {
  const slots = openCollection<DutySlot>(
    {
      name: 'duty',
      type: DutySlot,
      classes: { personId: 'open', from: 'open', to: 'open' },
      indexes: [{ fields: { to: 1, from: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...slots,
    at: (now: Date) => slots.find({ from: { $lte: now }, to: { $gt: now } }, { sort: { from: 1 } }),
    after: (now: Date) => slots.find({ to: { $gt: now } }, { sort: { from: 1 }, limit: 100 }),
  };
}

/** Absences with their substitute. */
export function absenceStore(connection: Connection, seal: Seal) {
  const absences = openCollection<Absence>(
    {
      name: 'absences',
      type: Absence,
      classes: { personId: 'open', substituteId: 'open', from: 'open', to: 'open' },
      indexes: [{ fields: { personId: 1, to: 1 } }, { fields: { substituteId: 1, to: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...absences,
    of: (personId: PersonId, now: Date) => absences.first({ personId, from: { $lte: now }, to: { $gt: now } }),
    standingInBy: (substituteId: PersonId, now: Date) =>
      absences.find({ substituteId, from: { $lte: now }, to: { $gt: now } }),
    after: (now: Date) => absences.find({ to: { $gt: now } }, { sort: { from: 1 }, limit: 100 }),
  };
}
