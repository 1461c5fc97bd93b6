import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { expect, test } from 'vitest';
import { note, opensNote } from './test-forms.ts';
import { actions, button, codeOf, plain, section, until } from './test-rig.ts';
import { opensByButton, running } from './test-team.ts';

test('update, push and clear of a submission are obeyed; three lie on each other, not four', async () => {
  let step = 0;
  const codes: string[] = [];
  const pushing: ModalView = {
    ...note,
    callback_id: 'note',
    blocks: [section('sus'), actions(button('Mai sus', 'more'))],
  };
  const team = await running((app) => {
    opensNote(app);
    app.view('note', async ({ ack }) => {
      step += 1;
      if (step === 1) await ack({ response_action: 'update', view: { ...note, title: plain('Doi') } });
      else if (step === 2) await ack({ response_action: 'push', view: pushing });
      else await ack({ response_action: 'clear' });
    });
    app.action('more', async ({ ack, body, client }) => {
      await ack();
      codes.push(await codeOf(client.views.push({ trigger_id: (body as BlockAction).trigger_id, view: pushing })));
    });
  });
  const { andrei } = team;
  const root = await opensByButton(team);
  andrei.fills(root, { what: 'liniște' });
  await andrei.submits(root);
  expect(andrei.state().modals[0]?.view).toMatchObject({ id: root, title: { text: 'Doi' } });
  await andrei.submits(root);
  const second = andrei.state().modals[1];
  expect(second?.view).toMatchObject({ root_view_id: root, previous_view_id: root });
  await andrei.presses(second?.viewId ?? '', 'Mai sus');
  await until(() => codes.length === 1);
  const third = andrei.state().modals[2]?.viewId ?? '';
  await andrei.presses(third, 'Mai sus');
  await until(() => codes.length === 2);
  expect(codes).toEqual(['ok', 'push_limit_reached']);
  await andrei.submits(third);
  expect(andrei.state().modals).toEqual([]);
});

test('views.update goes by id or external id, refuses a stale hash and a closed view, and keeps what was typed', async () => {
  const team = await running((app) => {
    app.action('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: (body as BlockAction).trigger_id,
        view: { ...note, external_id: 'note-1' },
      });
    });
    app.view({ type: 'view_closed', callback_id: 'note' }, async ({ ack }) => ack());
  });
  const { web, andrei } = team;
  const viewId = await opensByButton(team);
  const hash = String(andrei.state().modals[0]?.view.hash);
  andrei.fills(viewId, { what: 'liniște' });
  const updated = await web.views.update({
    external_id: 'note-1',
    hash,
    view: { ...note, title: plain('Altul'), external_id: 'note-1' },
  });
  expect(updated.view?.id).toBe(viewId);
  expect(updated.view?.state).toMatchObject({ values: { what: { v: { value: 'liniște' } } } });
  expect(await codeOf(web.views.update({ view_id: viewId, hash, view: note }))).toBe('hash_conflict');
  expect(await codeOf(web.views.update({ view_id: viewId, view: { ...note, title: plain('x'.repeat(25)) } }))).toBe(
    'invalid_arguments',
  );
  await andrei.closesModal(viewId);
  expect(await codeOf(web.views.update({ view_id: viewId, view: note }))).toBe('not_found');
});

test('a closed modal is told when it asked for it', async () => {
  const closed: string[] = [];
  const team = await running((app) => {
    opensNote(app);
    app.view({ type: 'view_closed', callback_id: 'note' }, async ({ ack, view }) => {
      await ack();
      closed.push(view.id);
    });
  });
  const viewId = await opensByButton(team);
  await team.andrei.closesModal(viewId);
  expect(closed).toEqual([viewId]);
  expect(team.andrei.state().modals).toEqual([]);
});

test('an app home is published per person, opened, pressed, and its badge falls when seen', async () => {
  const opened: string[] = [];
  const pressed: string[] = [];
  const team = await running((app) => {
    app.event(
      'app_home_opened',
      async ({ event }) => void opened.push(`${event.user} ${event.tab} ${event.view ? 'again' : 'first'}`),
    );
    app.action('take', async ({ ack, body }) => {
      await ack();
      pressed.push(`${(body as BlockAction).view?.type} ${body.type}`);
    });
  });
  const { web, andrei, slack } = team;
  andrei.opensHome();
  const view = { type: 'home' as const, blocks: [section('A-147'), actions(button('Preiau', 'take'))] };
  const published = await web.views.publish({ user_id: andrei.id, view });
  expect(andrei.state().homeBadge).toBe(1);
  andrei.opensHome();
  await slack.quiet();
  expect(andrei.state().homeBadge).toBe(0);
  expect(opened).toEqual([`${andrei.id} home first`, `${andrei.id} home again`]);
  await andrei.presses('home', 'Preiau');
  expect(pressed).toEqual(['home block_actions']);
  const again = await web.views.publish({ user_id: andrei.id, view, hash: published.view?.hash ?? '' });
  expect(again.view?.id).toBe(published.view?.id);
  expect(await codeOf(web.views.publish({ user_id: andrei.id, view, hash: published.view?.hash ?? '' }))).toBe(
    'hash_conflict',
  );
  expect(await codeOf(web.views.publish({ user_id: 'U0', view }))).toBe('user_not_found');
  expect(await codeOf(web.views.publish({ user_id: andrei.id, view: note as never }))).toBe('invalid_arguments');
});
