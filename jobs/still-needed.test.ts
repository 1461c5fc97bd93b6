import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { removeDuty } from '#core/duty/remove-duty.ts';
import { setAbsence } from '#core/duty/set-absence.ts';
import type { Person } from '#core/people/person.ts';
import { addMinutes } from '#core/time.ts';
import { teamOf } from '#infra/test/team.ts';
import { openFreshUniverse, type Universe } from '#infra/test/universe.ts';
import { dispatcher } from './dispatch.ts';

let u: Universe;
let carmen: Person;
let ioana: Person;
let andrei: Person;
let adriana: Person;
let mihai: Person;
let heard: string[];

beforeEach(async () => {
  u = await openFreshUniverse();
  ({ carmen, ioana, andrei, mihai } = await teamOf(u));
  adriana = await u.person('coordinator', 'Adriana Pop');
  await u.lastResort(carmen, andrei);
  heard = [];
});
afterEach(() => u.close());

/** Sends what waits, as a bot that takes everything; whom it buzzed is in `heard`. */
async function send(): Promise<void> {
  const people = new Map([carmen, ioana, andrei, adriana, mihai].map((one) => [one.accounts[0]?.address, one.name]));
  const bot = dispatcher(
    {
      world: u.world,
      channel: 'telegram',
      async send(delivery) {
        if (delivery.method === 'send' && 'facts' in delivery.message)
          heard.push(people.get(delivery.address)?.split(' ')[0] ?? '');
        return { is: 'sent', messageId: String(heard.length), chatId: delivery.address };
      },
      onError: (_id, error) => {
        throw error;
      },
    },
    { perSecond: 1000, atOnce: 1, kept: 0 },
  );
  for (let started = 1; started > 0; ) {
    started = await bot.sweep();
    await bot.rest();
  }
}
const raise = async () => {
  const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result.id;
};
const day = () => ({ from: u.clock.wall(), to: addMinutes(u.clock.wall(), 600) });
const dutyOf = async (person: Person) => (await u.world.store.duty.find({ personId: person.id }))[0]?.id as never;

describe('who is on duty is asked when the message leaves [delivery 5]', () => {
  it('a roster that changed while it waited: the one on duty now is told, the other is not', async () => {
    await u.onDuty(andrei);
    const id = await raise();
    await send();
    await u.fastForward(5);
    await u.as(carmen, removeDuty, { dutyId: await dutyOf(andrei) });
    await u.onDuty(adriana);
    await send();
    expect(heard).toEqual(['Ioana', 'Adriana']);
    const { toldIds, told, nextStepAt } = await u.world.store.alerts.must(id);
    expect(toldIds).toEqual([ioana.id, adriana.id]);
    expect(told.map(({ ring }) => ring)).toEqual(['coordinator', 'duty']);
    expect(nextStepAt).toEqual(addMinutes(u.clock.wall(), 10));
    const lines = await u.world.store.journal.about(id);
    expect(lines.filter(({ type }) => type === 'alert.passed-over')).toHaveLength(1);
  });

  it('an absence that began while it waited: the substitute is told', async () => {
    await raise();
    await u.as(carmen, setAbsence, { personId: ioana.id, substituteId: adriana.id, ...day() });
    await send();
    expect(heard).toEqual(['Adriana']);
  });

  it('nobody on duty any more: the next step is told at once', async () => {
    await u.onDuty(andrei);
    await raise();
    await u.fastForward(5);
    await u.as(carmen, removeDuty, { dutyId: await dutyOf(andrei) });
    await send();
    expect(heard).toEqual(['Ioana', 'Carmen']);
  });

  it('the climb that went on meanwhile keeps its time', async () => {
    await u.onDuty(andrei);
    const id = await raise();
    await u.fastForward(15);
    const before = await u.world.store.alerts.must(id);
    await u.as(carmen, removeDuty, { dutyId: await dutyOf(andrei) });
    await u.onDuty(adriana);
    await send();
    expect(heard.sort()).toEqual(['Adriana', 'Carmen', 'Ioana']);
    const { step, nextStepAt } = await u.world.store.alerts.must(id);
    expect({ step, nextStepAt }).toEqual({ step: before.step, nextStepAt: before.nextStepAt });
  });

  it('somebody took it while the others’ messages waited: these are not buzzed any more', async () => {
    await u.onDuty(andrei);
    const id = await raise();
    await u.fastForward(5);
    await u.as(ioana, takeAlert, { alertId: id });
    await send();
    expect(heard).toEqual(['Ioana']);
  });
});
