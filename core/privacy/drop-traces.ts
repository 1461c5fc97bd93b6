import { stands } from '../appointments/appointment.ts';
import type { PersonId } from '../id.ts';
import type { KeyId } from '../seal.ts';
import type { Deps } from '../world.ts';

const queued = ['pending', 'not_sent', 'unknown', 'attempting'] as const;

/**
 * What can be taken from a person without opening anything: access, digests by which they are found, talk, queued rows, open cases and meetings.
 * `accountKeys`: their accounts from before they were on file.
 */
export async function dropTraces(
  personId: PersonId,
  accountKeys: readonly KeyId[],
  deps: Pick<Deps, 'store' | 'now'>,
): Promise<void> {
  const { store, now } = deps;
  const lanes = accountKeys.map((key) => key.slice('account:'.length));
  const caseIds = (await store.cases.find({ personId })).map(({ id }) => id as string);
  const theirs = { $or: [{ personId }, { caseId: { $in: caseIds } }] };
  await store.people.change(personId, {}, { status: 'left' }, { epoch: 1 });
  await store.people.forgetDigests({ _id: personId });
  await store.messages.forgetDigests(theirs);
  await store.alerts.forgetDigests(theirs);
  await store.conversations.remove({ $or: [{ personId }, { _id: { $in: lanes } }] });
  await store.outbox.remove({ personId, state: { $in: [...queued] } });
  for (const { id } of await store.cases.find({ personId, stage: { $ne: 'closed' } }))
    await store.cases.change(id, {}, { stage: 'closed' });
  for (const { id, state } of await store.messages.find({ ...theirs, state: { $in: ['waiting', 'read'] } }))
    await store.messages.change(id, { state }, { state: 'closed' });
  for (const one of await store.appointments.find({ personId }))
    if ((stands(one) || one.state === 'asked') && !(one.startsAt && one.startsAt < now))
      await store.appointments.change(one.id, { state: one.state }, { state: 'calledOff' });
}
