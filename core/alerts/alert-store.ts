import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { CaseId, PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';
import type { Level } from '../settings.ts';
import { Alert } from './alert.ts';

/** Alerts: what is due, what is open on a case, what needs somebody now. */
export function alertStore(connection: Connection, seal: Seal) {
  const alerts = openCollection<Alert>(
    {
      name: 'alerts',
      type: Alert,
      classes: {
        number: 'open',
        level: 'open',
        origin: 'open',
        caseId: 'open',
        personId: 'open',
        coordinatorId: 'open',
        placeCode: 'open',
        raisedBy: 'open',
        strangerAccount: 'personal',
        raisedAt: 'open',
        observed: 'special',
        state: 'open',
        ownerId: 'open',
        takenAt: 'open',
        steps: 'special',
        handOverTo: 'open',
        step: 'open',
        ring: 'open',
        climbFrom: 'open',
        nextStepAt: 'open',
        toldIds: 'open',
        told: 'open',
        hasPhoneAlarm: 'open',
        closedAt: 'open',
      },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { state: 1, nextStepAt: 1 } },
        { fields: { caseId: 1, state: 1 } },
        { fields: { personId: 1, state: 1 } },
      ],
    },
    connection,
    seal,
  );
  const notClosed = { state: { $ne: 'closed' } };
  return {
    ...alerts,
    due: (now: Date, limit = 50) =>
      alerts.find(
        { state: { $in: ['open', 'taken', 'asked'] }, nextStepAt: { $lte: now } },
        { sort: { nextStepAt: 1 }, limit },
      ),
    nextDue: () => alerts.first({ state: { $in: ['open', 'taken', 'asked'] } }, { sort: { nextStepAt: 1 } }),
    openOnCase: (caseId: CaseId, level: Level) => alerts.first({ caseId, level, ...notClosed }),
    openOfPerson: (personId: PersonId) => alerts.find({ personId, ...notClosed }, { sort: { raisedAt: -1 } }),
    raisedBy: (personId: PersonId) => alerts.find({ raisedBy: personId, ...notClosed }, { sort: { raisedAt: -1 } }),
    /** `filter` comes from the permission table. */
    open: (filter: Filter) => alerts.find({ ...filter, ...notClosed }, { sort: { raisedAt: 1 }, limit: 100 }),
    /** The invariant of `delivery.md` 5; anything above 0 is an alarm. */
    withoutNextStep: () => alerts.count({ state: { $in: ['open', 'taken', 'asked'] }, nextStepAt: { $exists: false } }),
  };
}
