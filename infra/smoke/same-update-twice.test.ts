import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepUpdates } from '#bots/telegram/keep-updates.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('the same update twenty times has one effect and one answer', async () => {
  const from = { id: 5001, is_bot: false, first_name: 'Оксана' };
  const update = {
    update_id: 77,
    message: {
      message_id: 5,
      date: 1,
      chat: { id: 5001, type: 'private' as const, first_name: 'Оксана' },
      from,
      text: '🆘 Потрібна допомога',
    },
  };
  await Promise.all(Array.from({ length: 20 }, () => keepUpdates([update], { world: town.world, botId: '700100200' })));
  await town.settle();
  expect(town.heard('oksana')).toHaveLength(1);
  await keepUpdates([update], { world: town.world, botId: '700100200' });
  await town.settle();
  expect(town.unexpected()).toEqual([]);
});
