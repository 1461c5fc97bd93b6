import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';
import { Case } from './case.ts';

/** Cases: found by their person, their coordinator, their technicians, their number. */
export function caseStore(connection: Connection, seal: Seal) {
  const cases = openCollection<Case>(
    {
      name: 'cases',
      type: Case,
      classes: {
        number: 'open',
        placeCode: 'open',
        personId: 'open',
        coordinatorId: 'open',
        technicianIds: 'open',
        stage: 'open',
        openedAt: 'open',
      },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { personId: 1 } },
        { fields: { coordinatorId: 1 } },
        { fields: { technicianIds: 1 } },
      ],
    },
    connection,
    seal,
  );
  return {
    ...cases,
    ofPerson: (personId: PersonId) => cases.first({ personId, stage: { $ne: 'closed' } }),
    /** `filter` comes from the permission table (`filterFor`), newest first. */
    visible: (filter: Filter) =>
      cases.find({ ...filter, stage: { $ne: 'closed' } }, { sort: { openedAt: -1 }, limit: 200 }),
  };
}
