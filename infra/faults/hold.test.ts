import { afterAll, beforeAll, expect, it } from 'vitest';
import { execute, inStep } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import { holdOffice } from '#core/office/hold-office.ts';
import { releaseHold, type Signed } from '#core/office/release-hold.ts';
import { askerFor, system } from '#core/people/actor.ts';
import { faultsOf } from '../health.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('in hold what people write is kept and nothing leaves but one fixed line with 112; /ready says why (F38)', async () => {
  await hold('a test');
  await expect.poll(() => faultsOf(town.city.house())).toContainEqual(expect.stringContaining('in hold since'));
  expect((await faultsOf(town.city.house())).join()).toContain('put into hold by hand; two administrators');
  expect((await faultsOf(town.city.house())).join()).not.toContain('a test');
  expect(JSON.stringify(await town.world.store.office.model.findOne({}).lean())).not.toContain('a test');

  town.phone('oksana').says('Допоможіть, він мене б’є');
  await expect.poll(() => town.heard('oksana'), { timeout: 10_000 }).toEqual([expect.stringContaining('112')]);
  town.phone('oksana').says('Ви тут?');
  await expect.poll(() => town.world.store.mailbox.count({ state: 'waiting' }), { timeout: 5000 }).toBe(2);
  await town.city.settle();
  expect(await town.world.store.alerts.count({})).toBe(0);
  expect(town.unexpected()).toEqual([]);
});

it('two different administrators release it; then the mailbox goes on and the alert rings (F38)', async () => {
  const [first, second] = await admins();
  expect(await sign(first)).toEqual({ is: 'signed', missing: 1 });
  expect(await sign(first)).toEqual({ is: 'signed before', missing: 1 });
  expect(await town.world.store.mailbox.count({ state: 'waiting' })).toBe(2);
  expect(await sign(second)).toEqual({ is: 'released' });
  expect(await sign(second)).toEqual({ is: 'no hold' });

  await expect.poll(async () => (await faultsOf(town.city.house())).join(), { timeout: 5000 }).not.toContain('in hold');
  // What met another worker waits for a moment that the standing clock must bring.
  await town.forward(1);
  await expect.poll(() => town.world.store.mailbox.count({ state: 'waiting' }), { timeout: 10_000 }).toBe(0);
  await town.settle();
  expect(town.heard('oksana').join('\n')).toContain('112');
  expect(await town.world.store.alerts.count({ state: 'open' })).toBe(1);
  expect((await faultsOf(town.city.house())).join()).not.toContain('hold');
});

it('only an administrator may sign', async () => {
  await hold('once more');
  const [coordinator] = await town.world.store.people.activeWithRole('coordinator');
  const { id } = coordinator ?? { id: undefined };
  expect(await sign(id as PersonId)).toBe('refused');
});

const hold = (reason: string) =>
  inStep(town.world, `hold:${reason}`, (step) =>
    execute(step, holdOffice, { actor: system, input: { why: 'byHand', reason, isPrepared: true } }),
  );

async function sign(id: PersonId): Promise<Signed | 'refused'> {
  const { store, clock } = town.world;
  const actor = await askerFor(await store.people.must(id), { store, now: clock.wall() });
  const key = `sign:${town.world.newId()}`;
  const done = await inStep(town.world, key, (step) => execute(step, releaseHold, { actor, input: {} }));
  return done.is === 'done' ? done.result : 'refused';
}

/** The city has none; two are entered. */
async function admins(): Promise<[PersonId, PersonId]> {
  const { store, newId } = town.world;
  const [like] = await store.people.activeWithRole('coordinator');
  if (!like) throw new Error('the city has coordinators');
  const ids: [PersonId, PersonId] = [newId(), newId()];
  for (const id of ids) await store.people.insert({ ...like, id, version: 0, role: 'admin', accounts: [] });
  return ids;
}
