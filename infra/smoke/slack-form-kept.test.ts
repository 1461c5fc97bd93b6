import { afterAll, beforeAll, expect, it } from 'vitest';
import { buttonsIn, openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

it('a form in Slack with a time that is past says so under its field, with everything else kept', async () => {
  const ioana = town.desk('ioana');
  await ioana.presses('home', 'Programare nouă');
  await town.settle();
  const viewId = ioana.state().modals.at(-1)?.viewId ?? '';
  const rest = { case: 'C-07 · Оксана Кравченко', place: 'La sediu', interpreter: 'Da', bring: 'Actele copilului' };
  ioana.fills(viewId, { ...rest, when: '2026-11-20', when_time: '09:00' });
  expect((await ioana.submits(viewId)).errors).toEqual({ when: expect.stringContaining('a trecut') });
  await town.settle();
  expect(town.heard('ioana')).toEqual([]);

  ioana.fills(viewId, { when: '2026-11-26', when_time: '09:00' });
  expect((await ioana.submits(viewId)).errors).toEqual({});
  await town.settle();
  const booked = (await town.world.store.appointments.find({})).find(({ bring }) => bring === 'Actele copilului');
  expect(booked?.startsAt).toEqual(new Date('2026-11-26T07:00:00Z'));
});

it('a report in Slack in which nothing is said, or of an hour to come, says so under its field and is kept', async () => {
  const ioana = town.desk('ioana');
  town.heard('ioana');
  await ioana.presses('home', '📁 Cazurile mele');
  for (const name of ['Detalii', 'Notă nouă']) {
    await town.settle();
    const { viewId: onTop = '', view } = ioana.state().modals.at(-1) ?? {};
    await ioana.presses(onTop, buttonsIn(view).find(({ text }) => text.includes(name))?.id ?? name);
  }
  await town.settle();
  const viewId = ioana.state().modals.at(-1)?.viewId ?? '';
  ioana.fills(viewId, {
    present: 'withFamily',
    when: '2026-11-30',
    when_time: '09:00',
  });
  const { errors } = await ioana.submits(viewId);
  expect(errors).toEqual({
    observed: expect.stringContaining('nu ați scris nimic'),
    when: expect.stringContaining('nu a venit încă'),
  });
  await town.settle();
  expect(town.heard('ioana')).toEqual([]);
  expect(ioana.state().modals.at(-1)?.viewId).toBe(viewId);
  await ioana.closesModal(viewId, { all: true });
});
