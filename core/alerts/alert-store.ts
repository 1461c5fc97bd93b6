import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { CaseId, PersonId } from '../id.ts';
import { type KeyIds, keyOfAccount, type Seal } from '../seal.ts';
import type { Level } from '../settings.ts';
import { Alert } from './alert.ts';

/** Alerts: what is due, what is open on a case, what needs somebody now. */
export function alertStore(connection: Connection, seal: Seal) {
  const keyOfAlert = ({ caseId, personId, strangerAccount: from }: Alert, field: string): KeyIds => {
    if (from && (field === 'strangerAccount' || !(caseId || personId)))
      return keyOfAccount(seal, from.channel, from.key);
    if (caseId) return `case:${caseId}`;
    return personId ? `person:${personId}` : 'office';
  };
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
      keyOf: keyOfAlert,
      whenErased: { observed: [], steps: [] },
      indexes: [
        { fields: { number: 1 }, isUnique: true },
        { fields: { state: 1, nextStepAt: 1 } },
        { fields: { caseId: 1, state: 1 } },
        { fields: { personId: 1, state: 1 } },
        { fields: { toldIds: 1, level: 1 }, only: { state: 'open' } },
      ],
      blind: { stranger: { of: ({ strangerAccount: from }) => (from ? [accountKey(from)] : []) } },
    },
    connection,
    seal,
  );
  const isAlive = { state: { $in: ['open', 'taken', 'asked'] } };
  const notClosed = { state: { $ne: 'closed' } };
  return {
    ...alerts,
    /** Alerts whose next step is due, the oldest first. One that cannot be read holds up no other; `late` counts it. */
    due: async (now: Date, limit = 50) =>
      (await alerts.findSound({ ...isAlive, nextStepAt: { $lte: now } }, { sort: { nextStepAt: 1 }, limit })).sound,
    /** Alerts whose step should have come by `before`; anything above 0 is an alarm. */
    late: (before: Date) => alerts.count({ ...isAlive, nextStepAt: { $lte: before } }),
    nextDue: () => alerts.first({ state: { $in: ['open', 'taken', 'asked'] } }, { sort: { nextStepAt: 1 } }),
    openOnCase: (caseId: CaseId, level: Level) => alerts.first({ caseId, level, ...notClosed }),
    openOfPerson: (personId: PersonId) => alerts.find({ personId, ...notClosed }, { sort: { raisedAt: -1 } }),
    /** Of an account that is not on file, the newest first; a blind key may fit more than one. */
    async openOfStranger(account: Account): Promise<Alert[]> {
      const found = await alerts.byBlind('stranger', [accountKey(account)], notClosed);
      return found
        .filter(({ strangerAccount: from }) => from && accountKey(from) === accountKey(account))
        .sort((a, b) => b.raisedAt.getTime() - a.raisedAt.getTime());
    },
    raisedBy: (personId: PersonId) => alerts.find({ raisedBy: personId, ...notClosed }, { sort: { raisedAt: -1 } }),
    /** `filter` comes from the permission table. */
    open: (filter: Filter) => alerts.find({ ...filter, ...notClosed }, { sort: { raisedAt: 1 }, limit: 100 }),
    /** The invariant of `delivery.md` 5; anything above 0 is an alarm. */
    withoutNextStep: () => alerts.count({ ...isAlive, nextStepAt: { $exists: false } }),
    /** Gives those a next step: now. */
    async mendSilent(now: Date): Promise<void> {
      const { sound, broken } = await alerts.findSound({ ...isAlive, nextStepAt: { $exists: false } }, { limit: 50 });
      await alerts.setAside([...sound.map(({ id }) => id as string), ...broken], { nextStepAt: now });
    },
  };
}

type Account = Pick<NonNullable<Alert['strangerAccount']>, 'channel' | 'key'>;
const accountKey = ({ channel, key }: Account): string => `${channel}:${key}`;
