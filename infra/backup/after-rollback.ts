import type { Connection } from 'mongoose';
import { restored } from '#core/delivery/restored.ts';
import { staffRoles } from '#core/roles.ts';

/** By so much epochs and numbers jump: more than can have been given out in the time that is lost (`infra/adr/0011-a-restored-office-is-in-hold.md`). */
export const jump = 100;

/**
 * What must happen to a database that is older than what people have in their hands: what was on its way is unknown, buttons and codes of the
 * lost time are void, numbers of the lost time are not given again. Repeating it does no harm. Gives how much was changed.
 * It does not go through `execute`: a step is one transaction, which these collections are too large for; and the office is in hold, so nobody else
 * works on it. The line of `office.prepared` counts it.
 */
export async function afterRollback(connection: Connection, now: Date): Promise<Record<string, number>> {
  const change = async (name: string, filter: object, update: object): Promise<number> =>
    (await connection.collection(name).updateMany(filter, update, { writeConcern: { w: 'majority' } })).modifiedCount;
  const wasOnItsWay = {
    $or: [{ state: 'attempting' }, { state: { $in: ['pending', 'not_sent'] }, dueAt: { $lte: now } }],
  };
  const isForLater = { state: { $in: ['pending', 'not_sent'] }, dueAt: { $gt: now }, personId: { $exists: true } };
  return {
    unknown: await change('outbox', wasOnItsWay, {
      $set: { state: 'unknown', outcome: restored },
      $unset: { leaseUntil: 1, looks: 1 },
      $inc: { version: 1 },
    }),
    later: await change('outbox', isForLater, { $inc: { epoch: jump, version: 1 } }),
    people: await change('people', {}, { $inc: { epoch: jump, version: 1 } }),
    office: await change('office', {}, { $inc: { epoch: jump, version: 1 } }),
    invitations: await change(
      'invitations',
      { state: 'open', role: { $in: [...staffRoles] } },
      { $set: { state: 'revoked' }, $inc: { version: 1 } },
    ),
    numbers: await change('counters', {}, { $inc: { value: jump } }),
  };
}
