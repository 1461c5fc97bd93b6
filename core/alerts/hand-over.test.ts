import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFreshUniverse, type Universe } from '#infra/test/universe.ts';
import type { AlertId } from '../id.ts';
import type { Message } from '../message.ts';
import type { Person } from '../people/person.ts';
import { answerHandOver } from './answer-hand-over.ts';
import { closeAlert } from './close-alert.ts';
import { handOverAlert } from './hand-over-alert.ts';
import { raiseAlert } from './raise-alert.ts';
import { takeAlert } from './take-alert.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let elena: Person;
let alertId: AlertId;

beforeEach(async () => {
  u = await openFreshUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  elena = await u.person('supervisor', 'Elena Rusu');
  const mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  const { id: caseId } = await u.case(await u.person('beneficiary', 'Оксана Кравченко'), ioana, [mihai]);
  await u.lastResort(elena);
  const raised = await u.as(mihai, raiseAlert, { caseId, level: 'abuse', observed: { words: 'Vânătăi.', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  alertId = raised.result.id;
  await u.as(ioana, takeAlert, { alertId });
  await u.as(ioana, handOverAlert, { alertId, to: andrei.id });
});
afterEach(() => u.close());

/** What was said to a person in own words, without the cards. */
const saidTo = async ({ id }: Person) =>
  (await u.world.store.outbox.find({ personId: id, method: 'send' })).flatMap(({ message }) =>
    ((message as Message | undefined)?.lines ?? []).map(({ key, params }) => [key, params.name]),
  );

describe('an alert that is offered to a colleague [GUIDE]', () => {
  it('and then to another: the first hears that no answer is needed, and who is asked now; the owner stays', async () => {
    await u.as(ioana, handOverAlert, { alertId, to: elena.id });
    expect(await saidTo(andrei)).toEqual([['escalation:handOver.askedOther', 'Elena Rusu']]);
    expect(await u.world.store.alerts.must(alertId)).toMatchObject({ ownerId: ioana.id, handOverTo: elena.id });
    expect((await u.as(andrei, answerHandOver, { alertId, agrees: true })).is).toBe('refused');
    await u.as(elena, answerHandOver, { alertId, agrees: true });
    expect((await u.world.store.alerts.must(alertId)).ownerId).toBe(elena.id);
  });

  it('and to the same once more: asked again, nothing is withdrawn', async () => {
    await u.as(ioana, handOverAlert, { alertId, to: andrei.id });
    expect(await saidTo(andrei)).toEqual([]);
    expect(await u.world.store.outbox.count({ personId: andrei.id, card: 'alert-offered', method: 'send' })).toBe(2);
  });

  it('and closed before the answer: who was asked hears that it is over', async () => {
    await u.as(ioana, closeAlert, { alertId, outcome: 'Copilul este la bunici.' });
    expect(await saidTo(andrei)).toEqual([['escalation:handOver.over', undefined]]);
  });
});
