import { describe, expect, test } from 'vitest';
import type { Modal } from '#core/modal.ts';
import { until } from '#infra/rehearsal/slack/test-rig.ts';
import type { FormValues } from '../dialogue/incoming.ts';
import { card, desk, kinds, open, plain, sender, stored } from './test/desk.ts';

describe('a form', () => {
  const modal = (run: string): Modal => ({
    is: 'form',
    run,
    title: plain('Decizia'),
    above: [],
    submit: plain('Trimit'),
    fields: [
      { key: 'what', ask: plain('Ce ați hotărât?'), kind: 'words', isOptional: false, mayHaveFiles: true },
      { key: 'at', ask: plain('Când?'), kind: 'moment', isOptional: true },
      { key: 'phone', ask: plain('Telefon'), kind: 'phone', isOptional: true },
    ],
  });

  async function opened() {
    await open();
    await desk.team.ioana.presses(await card(), 'Citesc');
    await until(() => desk.team.ioana.state().modals.length === 1);
    const [item] = await stored();
    const view = item?.incoming.kind === 'button' ? (item.incoming.view ?? '') : '';
    const send = sender();
    expect(
      await send({
        method: 'modal',
        modal: modal('cd'.repeat(12)),
        view,
        rowId: 'm',
        address: 'U1IOANA',
        account: 'U1IOANA',
        language: 'ro',
        epoch: 0,
        now: new Date(),
        isMarked: false,
      }),
    ).toEqual({ is: 'sent' });
    return desk.team.ioana.state().modals[0]?.viewId ?? '';
  }

  test('is opened at the tap, filled by the worker, sent, stored and closed', async () => {
    const view = await opened();
    const fileId = desk.team.ioana.choosesFile({ name: 'a.png', content: 'x' });
    desk.team.ioana.fills(view, { words: 'Echipa pleacă acum.', files: fileId, date: '2026-11-24', time: '10:30' });
    expect(await desk.team.ioana.submits(view)).toMatchObject({ isAcked: true, errors: {} });
    const { incoming } = (await stored()).at(-1) ?? {};
    const values = (incoming as unknown as { values: FormValues }).values;
    expect(incoming).toMatchObject({ kind: 'form', run: 'cd'.repeat(12) });
    expect(values).toMatchObject({
      what: { text: 'Echipa pleacă acum.', files: [{ kind: 'photo', name: 'a.png' }] },
      at: { local: '2026-11-24T10:30' },
    });
    expect(desk.team.ioana.state().modals).toEqual([]);
  });

  test('with a fault says so at its field, keeps what was typed and is not stored', async () => {
    const view = await opened();
    desk.team.ioana.fills(view, { words: 'Echipa pleacă.', phone: '07', date: '2026-11-24' });
    const sent = await desk.team.ioana.submits(view);
    expect(Object.keys(sent.errors).sort()).toEqual(['at_time', 'phone']);
    expect((await kinds()).includes('form')).toBe(false);
    expect(desk.team.ioana.state().modals).toHaveLength(1);
  });

  test('whose button stands in something to read opens on top of it', async () => {
    await open();
    await desk.team.ioana.presses(await card(), 'Citesc');
    await until(() => desk.team.ioana.state().modals.length === 1);
    const [item] = await stored();
    const view = item?.incoming.kind === 'button' ? (item.incoming.view ?? '') : '';
    const message = {
      lines: [plain('Povestea')],
      buttons: [[{ label: plain('Am decis'), action: 'alert.decide' as const, opensForm: true }]],
    };
    const send = sender();
    await send({
      method: 'modal',
      modal: { is: 'reading', title: plain('Citesc'), message },
      view,
      rowId: 'm',
      address: 'U1IOANA',
      account: 'U1IOANA',
      language: 'ro',
      epoch: 0,
      now: new Date(),
      isMarked: false,
    });
    await desk.team.ioana.presses(desk.team.ioana.state().modals[0]?.viewId ?? '', 'Am decis');
    await until(() => desk.team.ioana.state().modals.length === 2);
    expect((await stored()).at(-1)?.incoming).toMatchObject({ kind: 'button', view: expect.any(String) });
  });

  test('that cannot be opened is only looks: the tap is stored all the same', async () => {
    await open();
    const ref = await card();
    desk.team.slack.faults.failNext({ method: 'views.open', error: 'internal_error' });
    expect((await desk.team.ioana.presses(ref, 'Citesc')).isAcked).toBe(true);
    await until(() => desk.team.slack.calls.of('views.open').length === 1);
    expect([await kinds(), desk.team.ioana.state().modals]).toEqual([['button'], []]);
  });
});
