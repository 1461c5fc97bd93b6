import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { teamOf } from '#infra/test/team.ts';
import { openFreshUniverse, type Universe } from '#infra/test/universe.ts';
import { runDue } from '#jobs/timers.ts';
import { setAbsence } from '../duty/set-absence.ts';
import type { Person } from '../people/person.ts';
import { addToAlert } from './add-to-alert.ts';
import { raiseAlert } from './raise-alert.ts';
import { takeAlert } from './take-alert.ts';

let u: Universe;
let carmen: Person;
let ioana: Person;
let andrei: Person;
let mihai: Person;
const observed = { words: 'Nu răspunde nimeni.', files: [] };

beforeEach(async () => {
  u = await openFreshUniverse();
  ({ carmen, ioana, andrei, mihai } = await teamOf(u));
});
afterEach(() => u.close());

const minutes = (count: number) => count * 60_000;
const raise = async (who: Person, level: 'life' | 'abuse' | 'urgent' = 'life') => {
  const raised = await u.as(who, raiseAlert, { level, observed });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
};
const rung = async (id: string) => {
  const rows = await u.world.store.outbox.find(
    { subject: id, method: 'send', card: 'alert' },
    { sort: { createdAt: 1, order: 1 } },
  );
  const names = new Map([carmen, ioana, andrei, mihai].map((one) => [one.id as string, one.name.split(' ')[0]]));
  return rows.map(({ personId }) => names.get(personId ?? ''));
};
const cannotBeReached = async (...people: Person[]) => {
  for (const { id } of people) {
    const person = await u.world.store.people.must(id);
    await u.world.store.people.save({
      ...person,
      accounts: person.accounts.map((account) => ({ ...account, isDead: true })),
    });
  }
};
const alarms = async () => (await u.world.store.timers.find({ kind: 'call-alarm' })).length;

describe('somebody is told now, then more people, until a human has it [delivery 5]', () => {
  it('nobody on a step: the next one is told at once (F27)', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    await cannotBeReached(ioana);
    expect(await rung((await raise(mihai)).id)).toEqual(['Andrei']);
  });

  it('a whole ring reached at once rings again after its usual five minutes, not after half an hour', async () => {
    await u.lastResort(carmen, andrei);
    await cannotBeReached(ioana, carmen);
    const { id } = await raise(mihai);
    expect(await rung(id)).toEqual(['Andrei']);
    await u.fastForward(5);
    expect(await rung(id)).toEqual(['Andrei', 'Andrei']);
  });

  it('a last resort that cannot be reached does not end the search: all staff is rung', async () => {
    await u.lastResort(carmen, andrei);
    await cannotBeReached(carmen, andrei, ioana);
    const adriana = await u.person('coordinator', 'Adriana Pop');
    const { toldIds } = await raise(mihai);
    expect(toldIds).toContain(adriana.id);
  });

  it('without a single human to be reached the phone alarm is called at once, and with each new try (F27)', async () => {
    await u.lastResort(carmen, andrei);
    await cannotBeReached(carmen, andrei, ioana);
    const { id } = await raise(mihai);
    expect(await alarms()).toBe(1);
    await u.fastForward(10);
    expect(await alarms()).toBe(3);
    expect((await u.world.store.alerts.must(id)).nextStepAt?.getTime()).toBeGreaterThan(u.clock.wall().getTime());
  });

  it('who raises a danger is not the one who is told of it', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    expect(await rung((await raise(ioana)).id)).toEqual(['Andrei']);
  });

  it('after a long stop the steps that were missed come at once, and the repeats of the widest ring once (F28)', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    const { id } = await raise(mihai);
    u.clock.forward(120);
    const work = {
      world: u.world,
      onDue: {},
      outside: {},
      onError: (_: string, error: unknown) => expect(error).toBe(undefined),
    };
    for (let round = 0; round < 10; round++) await runDue(work);
    expect((await rung(id)).slice(0, 3)).toEqual(['Ioana', 'Andrei', 'Carmen']);
    expect(await rung(id)).toHaveLength(6);
  });

  it('the duty of somebody absent falls to the substitute, and to theirs when both are away', async () => {
    const adriana = await u.person('coordinator', 'Adriana Pop');
    const bogdan = await u.person('coordinator', 'Bogdan Ilie');
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    const span = { from: u.clock.wall(), to: new Date(u.clock.wall().getTime() + minutes(600)) };
    await u.as(carmen, setAbsence, { personId: andrei.id, substituteId: bogdan.id, ...span });
    await u.as(carmen, setAbsence, { personId: bogdan.id, substituteId: adriana.id, ...span });
    const { id } = await raise(mihai);
    await u.fastForward(5);
    const { toldIds } = await u.world.store.alerts.must(id);
    expect(toldIds).toEqual([ioana.id, adriana.id]);
  });

  it('an abuse that was taken and forgotten past its phone alarm sounds it when it is free again', async () => {
    await u.lastResort(carmen, andrei);
    await u.onDuty(andrei);
    const { id } = await raise(mihai, 'abuse');
    await u.fastForward(85);
    await u.as(ioana, takeAlert, { alertId: id });
    await u.fastForward(30);
    expect((await u.world.store.alerts.must(id)).state).toBe('open');
    expect(await alarms()).toBe(1);
  });

  it('new words on an alert whose owner cannot be reached go to everybody who knows of it', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    const { id } = await raise(mihai);
    await u.fastForward(5);
    await u.as(ioana, takeAlert, { alertId: id });
    await cannotBeReached(ioana);
    const before = (await rung(id)).length;
    await u.as(mihai, addToAlert, { alertId: id, observed });
    expect((await rung(id)).slice(before)).toEqual(['Andrei']);
  });

  it('with over three dangers waiting for one person the next one hears of the fourth as well (F31)', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    for (let waiting = 0; waiting < 3; waiting++) expect((await raise(mihai)).toldIds).toEqual([ioana.id]);
    expect((await raise(mihai)).toldIds).toEqual([ioana.id, andrei.id]);
  });

  it('a step that comes a moment too early is not lost: it is done when it is due', async () => {
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    const { id, version } = await raise(mihai);
    const { store } = u.world;
    const due = store.alerts.due;
    store.alerts.due = async () => store.alerts.find({ _id: id, version });
    await runDue({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
    store.alerts.due = due;
    await u.fastForward(5);
    expect(await rung(id)).toEqual(['Ioana', 'Andrei']);
  });
});

describe('one colleague who cannot be read', () => {
  it('is passed over at each ring: a danger is raised and climbs, and the others are told', async () => {
    const adriana = await u.person('supervisor', 'Adriana Pop');
    await u.onDuty(carmen);
    await u.onDuty(andrei);
    await u.lastResort(carmen, andrei);
    for (const one of [carmen, ioana]) await u.world.store.people.setAside([one.id], { language: 'nothing' as never });
    const { id } = await raise(mihai);
    await u.fastForward(35);
    const { told } = await u.world.store.alerts.must(id);
    expect(new Set(told.map(({ personId }) => personId))).toEqual(new Set([andrei.id, adriana.id]));
  });
});

describe('one alert that cannot be read [delivery 2]', () => {
  it('holds up no other, and counts as late', async () => {
    await u.onDuty(andrei);
    const broken = await raise(mihai);
    const { id } = await raise(mihai, 'abuse');
    await u.world.store.alerts.setAside([broken.id], { level: 'nothing' as never });
    u.clock.forward(16);
    await runDue({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
    expect(await rung(id)).toEqual(['Ioana', 'Andrei']);
    expect(await u.world.store.alerts.late(new Date(u.clock.wall().getTime() - minutes(1)))).toBe(1);
  });
});
