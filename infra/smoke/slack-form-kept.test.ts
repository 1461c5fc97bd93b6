import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a form in Slack with a time that is past is asked again with everything else kept', async () => {
  const ioana = town.desk('ioana');
  await ioana.presses('home', 'Programare nouă');
  await town.settle();
  const viewId = ioana.state().modals.at(-1)?.viewId ?? '';
  const rest = { case: 'C-07 · Оксана Кравченко', place: 'La sediu', interpreter: 'Da', bring: 'Actele copilului' };
  ioana.fills(viewId, { ...rest, when: '2026-11-20', when_time: '09:00' });
  await ioana.submits(viewId);
  await town.settle();
  expect(town.heard('ioana')).toEqual([expect.stringContaining('a trecut')]);

  await town.taps('ioana', 'Deschid formularul');
  const again = ioana.state().modals.at(-1)?.viewId ?? '';
  ioana.fills(again, { when: '2026-11-26', when_time: '09:00' });
  await ioana.submits(again);
  await town.settle();
  const booked = (await town.world.store.appointments.find({})).find(({ bring }) => bring === 'Actele copilului');
  expect(booked?.startsAt).toEqual(new Date('2026-11-26T07:00:00Z'));
});
