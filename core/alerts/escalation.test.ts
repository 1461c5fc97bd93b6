import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Person } from '../people/person.ts';
import { closeAlert } from './close-alert.ts';
import { handBackAlert } from './hand-back-alert.ts';
import { raiseAlert } from './raise-alert.ts';
import { takeAlert } from './take-alert.ts';

let u: Universe;
let mihai: Person;
let ioana: Person;
let andrei: Person;
let carmen: Person;
let oksana: Person;
let caseId: never;

const observed = { words: 'Copilul spune că îi este frică.', files: [] };
const names = new Map<string, string>();
const toldOf = async (id: string) =>
  (await u.world.store.alerts.must(id)).toldIds.map((personId) => names.get(personId));
const rowsFor = async (id: string) =>
  (await u.world.store.outbox.find({ subject: id, method: 'send', card: 'alert' }, { sort: { createdAt: 1 } })).map(
    (row) => names.get(row.personId ?? ''),
  );

beforeAll(async () => {
  u = await openUniverse();
  carmen = await u.person('supervisor', 'Carmen Vlad');
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  for (const { id, name } of [carmen, ioana, andrei, mihai, oksana]) names.set(id, name.split(' ')[0] as string);
  caseId = (await u.case(oksana, ioana, [mihai])).id as never;
  await u.onDuty(andrei);
  await u.lastResort(carmen, andrei);
});
afterAll(() => u.close());

async function raise(level: 'life' | 'abuse' | 'urgent') {
  const raised = await u.as(mihai, raiseAlert, { caseId, level, observed });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}
const close = async (id: string) => {
  await u.as(ioana, takeAlert, { alertId: id as never });
  await u.as(ioana, closeAlert, { alertId: id as never, outcome: 'gata' });
};

describe('escalation [GUIDE]', () => {
  it('an abuse alert goes to the coordinator at once, to duty after 15 minutes, to supervisor and ring after 45', async () => {
    const { id } = await raise('abuse');
    expect(await rowsFor(id)).toEqual(['Ioana']);
    await u.fastForward(14);
    expect(await rowsFor(id)).toEqual(['Ioana']);
    await u.fastForward(1);
    expect((await rowsFor(id)).sort()).toEqual(['Andrei', 'Ioana']);
    await u.fastForward(30);
    expect((await rowsFor(id)).slice(2).sort()).toEqual(['Andrei', 'Carmen', 'Ioana']);
    await close(id);
  });

  it('danger to life goes up at 0, 5, 15 and 30 minutes, then rings everybody every 5 until a human has it', async () => {
    const { id } = await raise('life');
    for (const minutes of [5, 10, 15, 5, 5]) await u.fastForward(minutes);
    const rung = await rowsFor(id);
    expect(rung.slice(0, 3)).toEqual(['Ioana', 'Andrei', 'Carmen']);
    expect(rung.slice(3)).toHaveLength(9);
    await u.as(andrei, takeAlert, { alertId: id });
    await u.fastForward(5);
    expect(await rowsFor(id)).toHaveLength(12);
    await u.as(andrei, closeAlert, { alertId: id, outcome: 'gata' });
  });

  it('a taken alert whose owner falls silent is asked about after 10 minutes and goes on from the widest ring after 10 more', async () => {
    const { id } = await raise('life');
    await u.as(ioana, takeAlert, { alertId: id });
    await u.fastForward(10);
    expect((await u.world.store.alerts.must(id)).state).toBe('asked');
    await u.fastForward(10);
    const alert = await u.world.store.alerts.must(id);
    expect(alert.state).toBe('open');
    expect(await rowsFor(id)).toEqual(['Ioana', 'Ioana']);
    await u.fastForward(5);
    expect(await toldOf(id)).toContain('Andrei');
    await close(id);
  });

  it('two people take one alert: one owner, the other is told who', async () => {
    const { id } = await raise('urgent');
    const [first, second] = await Promise.all([
      u.as(ioana, takeAlert, { alertId: id }),
      u.as(andrei, takeAlert, { alertId: id }),
    ]);
    expect([first.is, second.is].sort()).toEqual(['done', 'refused']);
    const refused = [first, second].find(({ is }) => is === 'refused');
    expect(refused).toMatchObject({ phrase: { key: 'escalation:alreadyTaken' } });
    const { ownerId } = await u.world.store.alerts.must(id);
    await u.as(ownerId === ioana.id ? ioana : andrei, closeAlert, { alertId: id, outcome: 'gata' });
  });

  it('an alert handed back goes to the next ring at once', async () => {
    const { id } = await raise('abuse');
    await u.as(ioana, takeAlert, { alertId: id });
    await u.as(ioana, handBackAlert, { alertId: id });
    expect((await rowsFor(id)).sort()).toEqual(['Andrei', 'Ioana']);
    expect((await u.world.store.alerts.must(id)).state).toBe('open');
    await close(id);
  });

  it('a technician never closes an alert: the refusal names who decides and is journaled', async () => {
    const { id } = await raise('urgent');
    const refused = await u.as(mihai, closeAlert, { alertId: id, outcome: 'gata' });
    expect(refused).toMatchObject({ is: 'refused', decidedBy: ioana.id });
    const lines = await u.world.store.journal.about('close-alert');
    expect(lines).toMatchObject([{ type: 'refused', by: mihai.id }]);
    await close(id);
  });

  it('no open alert is without a next step', async () => {
    expect(await u.world.store.alerts.withoutNextStep()).toBe(0);
  });
});
