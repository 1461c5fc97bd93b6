import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a coordinator whom Slack no longer reaches is passed over at once: the next person is told', async () => {
  const { slack } = town.city.standIns();
  slack.faults.failNext({ method: 'chat.postMessage', error: 'user_not_found', count: 1 });
  await town.says('mihai', '🚨 Alertă');
  await town.taps('mihai', 'Abuz');
  await town.taps('mihai', 'Elena Munteanu');
  await town.says('mihai', 'Vânătăi noi.');
  await town.settle();
  expect(town.heard('ioana')).toEqual([]);
  expect(town.heard('andrei')).toEqual([expect.stringContaining('A-101')]);
});

it('somebody who blocked the bot gets nothing more, and the first word after it is heard again', async () => {
  town.phone('oksana').blocks();
  await town.settle();
  const blocked = (await town.world.store.people.withAccount('telegram', '5001'))?.accounts[0]?.isDead;
  expect(blocked).toBe(true);
  town.phone('oksana').start();
  await town.settle();
  const back = (await town.world.store.people.withAccount('telegram', '5001'))?.accounts[0]?.isDead;
  expect(back).toBe(false);
});
