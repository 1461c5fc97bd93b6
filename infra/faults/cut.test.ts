import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signButton } from '#bots/dialogue/buttons.ts';
import type { Action } from '#core/actions.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import { execute, inStep } from '#core/execute.ts';
import type { DutyId, PersonId } from '#core/id.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import { addMinutes } from '#core/time.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';
import { startProgram } from '../test/programs.ts';
import { rawUpdates } from '../test/raw.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  mihai: { name: 'Mihai Dobre', phone: 7002 },
  andrei: { name: 'Andrei Stan', phone: 7003 },
  carmen: { name: 'Carmen Vlad', phone: 7004 },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
} as const;
type Name = keyof typeof people;
const names = Object.keys(people) as Name[];

let office: TestOffice<Name>;
const ids = {} as Record<Name, PersonId>;
beforeEach(async () => {
  office = await openTestOffice({ people });
  await comes('vera', 'admin');
  await comes('carmen', 'supervisor');
  await comes('ioana', 'coordinator');
  await comes('andrei', 'coordinator');
  await comes('mihai', 'technician', ids.andrei);
  const { store, clock, newId } = office.world;
  const from = clock.wall();
  await store.duty.insert({ id: newId<DutyId>(), version: 0, personId: ids.andrei, from, to: addMinutes(from, 6000) });
  await store.office.put({ ...(await store.office.get()), lastResort: [ids.andrei, ids.carmen] });
}, 60_000);
afterEach(() => office.stop());

async function comes(id: Name, role: 'admin' | 'supervisor' | 'coordinator' | 'technician', coordinator?: PersonId) {
  ids[id] = await office.joins(role, id, coordinator);
}
const now = (id: Name): Promise<Person> => office.world.store.people.must(ids[id]);
const alertNow = ({ id }: Alert) => office.world.store.alerts.must(id);
const forget = () => names.forEach((id) => void office.heard(id));

/** A danger that Mihai saw and this person has. */
async function dangerWith(owner: Name): Promise<Alert> {
  const { world } = office;
  const as = async (id: Name) => askerFor(await now(id), { store: world.store, now: world.clock.wall() });
  const [mihai, taker] = [await as('mihai'), await as(owner)];
  return inStep(world, `danger-${owner}`, async (step) => {
    const observed = { words: '', files: [] };
    const raised = await execute(step, raiseAlert, { actor: mihai, input: { level: 'life', observed } });
    if (raised.is !== 'done') throw new Error('refused');
    const taken = await execute(step, takeAlert, { actor: taker, input: { alertId: raised.result.id } });
    return taken.is === 'done' ? taken.result : raised.result;
  });
}

/** Another process cuts; gives how long it took until this one had done all that follows, in seconds. */
async function cut(...args: string[]): Promise<number> {
  const began = performance.now();
  const program = await startProgram('infra/cli/cut.ts', office.place.env, ...args);
  expect(await program.ended(), program.said()).toBe(0);
  await office.settle();
  return (performance.now() - began) / 1000;
}

const twentyActions: Action[] = [
  ...(['alert.take', 'alert.read', 'alert.decide', 'alert.working', 'alert.handOver'] as const),
  ...(['alert.handBack', 'alert.close', 'alert.show', 'alert.list', 'alert.new'] as const),
  ...(['case.list', 'note.list', 'message.list', 'request.list', 'appointment.list'] as const),
  ...(['duty.show', 'duty.absence', 'people.list', 'tasks', 'today'] as const),
];

describe('a lost phone, cut by another process [delivery 7]', () => {
  it('within a minute 20 buttons do nothing, 5 waiting messages are void, duty and last resort too, the alert climbs (F35) (S7)', async () => {
    const { world } = office;
    const alert = await dangerWith('andrei');
    await office.settle();
    const lost = await now('andrei');
    const account = lost.accounts[0];
    if (!account) throw new Error('no account');
    const tokens = twentyActions.map((action) =>
      signButton(
        { action, subject: alert.id, version: alert.version, epoch: lost.epoch },
        `telegram:${account.key}`,
        addMinutes(world.clock.wall(), 60_000),
        world.seal,
      ),
    );
    const rows = Array.from({ length: 5 }, () =>
      newRow(
        { ...world, settings: undefined as never, now: world.clock.wall() },
        { ...account, language: 'ro', personId: lost.id, epoch: lost.epoch },
        'waiting',
        { message: { lines: [phrase('errors:kept')] } },
        addMinutes(world.clock.wall(), 1),
      ),
    );
    await world.store.outbox.insertMany(rows);
    forget();

    expect(await cut('--account', 'telegram:7003')).toBeLessThan(60);
    await office.forward(1);

    expect(await now('andrei')).toMatchObject({ accounts: [], epoch: lost.epoch + 1 });
    const states = await world.store.outbox.find({ _id: { $in: rows.map(({ id }) => id) } });
    expect(states.map(({ state }) => state)).toEqual(Array(5).fill('refused'));
    expect(await world.store.duty.at(world.clock.wall())).toEqual([]);
    expect((await world.store.office.get()).lastResort).toEqual([]);
    const free = await alertNow(alert);
    expect([free.state, free.ownerId]).toEqual(['open', undefined]);
    expect(office.heard('carmen').join('\n')).toContain(alert.number);

    const before = await world.store.journal.count();
    for (const token of tokens) await rawUpdates(office).taps(people.andrei.phone, token);
    expect(await world.store.journal.count()).toBe(before);
    expect(await alertNow(alert)).toEqual(free);
    expect(office.heard('andrei').join('\n')).not.toContain(alert.number);
    expect(await world.store.alerts.withoutNextStep()).toBe(0);
  }, 120_000);
});

describe('somebody who left', () => {
  it('their open window takes no answer, their alert rings others at once, the rest comes to a colleague (F35)', async () => {
    const alert = await dangerWith('ioana');
    await office.settle();
    await office.tapsAtHome('ioana', 'Am decis');
    expect(office.window('ioana')).not.toBe('');
    forget();
    expect(await cut('--person', 'Ioana Marin')).toBeLessThan(60);
    await office.fills('ioana', { words: 'Merg eu.' }).catch(() => {});
    await office.settle();
    const { state, ownerId, steps } = await alertNow(alert);
    expect([state, ownerId, steps]).toEqual(['open', undefined, []]);
    expect(office.heard('andrei').join('\n')).toContain('Nu mai are acces: Ioana Marin.');
    expect(office.heard('ioana').join('\n')).toContain('Accesul dumneavoastră este închis.');
    const { substituteId } = (await office.world.store.absences.of(ids.ioana, office.world.clock.wall())) ?? {};
    expect(substituteId).toBe(ids.andrei);
    await office.forward(15);
    expect(office.heard('carmen').join('\n')).toContain(alert.number);
  }, 120_000);
});

describe('the administrator, in the chat', () => {
  it('disconnects a lost phone from the card of its person', async () => {
    await office.says('vera', '👥 Angajați');
    const row = office
      .sees('vera')
      .split('\n')
      .findLast((line) => line.includes('Andrei Stan'));
    await office.taps('vera', `${Number.parseInt(row ?? '', 10)}. Detalii`);
    await office.taps('vera', 'Telefon pierdut');
    expect(office.heard('vera').at(-1)).toContain('Deconectăm Telegram? Persoana: Andrei Stan.');
    await office.taps('vera', 'Da, deconectez');
    expect(office.sees('vera')).toContain('Deconectat. Persoana: Andrei Stan.');
    expect(await now('andrei')).toMatchObject({ accounts: [], status: 'active' });
  });
});
