import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRow } from '#core/delivery/carry-out.ts';
import { phrase } from '#core/phrase.ts';
import type { House } from '../start-house.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';
import { insideOf } from './inside.ts';

let u: Universe;
beforeAll(async () => {
  u = await openFreshUniverse();
});
afterAll(() => u.close());

it('shows an answer that a later one says for it neither as refused nor as told', async () => {
  const oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  const [account] = oksana.accounts;
  const { store, newId } = u.world;
  const deps = { store, newId, now: u.clock.wall(), settings: await u.world.settings() };
  const to = { ...(account as NonNullable<typeof account>), language: 'uk' as const, personId: oksana.id, epoch: 1 };
  const row = () => newRow(deps, to, 'waiting', { message: { lines: [phrase('general:saved')] } });
  await store.outbox.insertMany([
    { ...row(), state: 'refused', outcome: 'folded' },
    { ...row(), state: 'refused', outcome: '403' },
    { ...row(), state: 'sent' },
  ]);
  const inside = await insideOf({ world: u.world, brokenAt: async () => null } as House, [], new Map());
  expect(inside.outbox).toMatchObject({ refused: 1, sent: 1 });
  expect(inside.told.map(({ state }) => state).sort()).toEqual(['refused', 'sent']);
});
