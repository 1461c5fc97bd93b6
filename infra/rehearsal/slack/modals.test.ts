import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import { expect, test } from 'vitest';
import { note, opensNote } from './test-forms.ts';
import { actions, button, codeOf, until } from './test-rig.ts';
import { opensByButton, running } from './test-team.ts';

const channel = 'C1ALERT';

test('a pressed button brings a whole block_actions and opens a modal with its trigger, once', async () => {
  let heard: BlockAction | undefined;
  const team = await running((app) => {
    app.action('open', async ({ ack, body, client }) => {
      await ack();
      heard = body as BlockAction;
      await client.views.open({ trigger_id: heard.trigger_id, view: note });
    });
  });
  const viewId = await opensByButton(team);
  expect(heard?.actions[0]).toMatchObject({ type: 'button', action_id: 'open', value: 'v1', text: { text: 'Scriu' } });
  expect(heard?.container).toMatchObject({ type: 'message', channel_id: channel });
  expect(heard?.user.id).toBe(team.andrei.id);
  expect(heard?.message?.blocks).toHaveLength(1);
  expect(viewId).toMatch(/^V/);
  const again = team.web.views.open({ trigger_id: heard?.trigger_id ?? '', view: note });
  expect(await codeOf(again)).toBe('exchanged_trigger_id');
  expect(await codeOf(team.web.views.open({ trigger_id: '1.2.3', view: note }))).toBe('invalid_trigger_id');
});

test('a trigger is dead after its time', async () => {
  let code = '';
  const team = await running(
    (app) => {
      app.action('open', async ({ ack, body, client }) => {
        await ack();
        await new Promise((resolve) => setTimeout(resolve, 60));
        code = await codeOf(client.views.open({ trigger_id: (body as BlockAction).trigger_id, view: note }));
      });
    },
    { pace: { triggerMs: 30 } },
  );
  const { ts = '' } = await team.web.chat.postMessage({
    channel,
    text: 'x',
    blocks: [actions(button('Scriu', 'open'))],
  });
  await team.andrei.presses({ channel, ts }, 'open');
  await until(() => code !== '');
  expect(code).toBe('expired_trigger_id');
});

test('a form is checked by the client first, then by the app: errors under their fields, typed text stays', async () => {
  const sent: ViewSubmitAction[] = [];
  const team = await running((app) => {
    opensNote(app);
    app.view('note', async ({ ack, body }) => {
      sent.push(body as ViewSubmitAction);
      if (sent.length === 1) await ack({ response_action: 'errors', errors: { day: 'Ziua a trecut' } });
      else await ack();
    });
  });
  const { andrei } = team;
  const viewId = await opensByButton(team);
  const empty = await andrei.submits(viewId);
  expect(empty).toMatchObject({ isSent: false, errors: { what: 'Please complete this required field.' } });
  const file = andrei.choosesFile({ name: 'acte.pdf', content: 'pdf' });
  andrei.fills(viewId, {
    'Ce ați văzut': 'liniște',
    Ziua: '2026-11-20',
    Ora: '14:30',
    Fel: 'Vizită',
    who: team.ioana.id,
    Și: ['Copii', 'papers'],
    Fișier: [file],
  });
  expect(() => andrei.fills(viewId, { Fel: 'Altceva' })).toThrow('no option');
  const refused = await andrei.submits(viewId);
  expect(refused.errors).toEqual({ day: 'Ziua a trecut' });
  const [shown] = andrei.state().modals;
  expect(shown?.errors).toEqual({ day: 'Ziua a trecut' });
  expect(shown?.view.state).toMatchObject({ values: { what: { v: { value: 'liniște' } } } });
  andrei.fills(viewId, { Ziua: '2026-11-24' });
  expect(await andrei.submits(viewId)).toMatchObject({ isAcked: true, errors: {} });
  expect(andrei.state().modals).toEqual([]);
  expect(sent[1]?.view.state.values).toMatchObject({
    what: { v: { type: 'plain_text_input', value: 'liniște' } },
    day: { v: { type: 'datepicker', selected_date: '2026-11-24' } },
    hour: { v: { type: 'timepicker', selected_time: '14:30' } },
    kind: { v: { selected_option: { value: 'visit' } } },
    who: { v: { selected_user: team.ioana.id } },
    also: { v: { selected_options: [{ value: 'children' }, { value: 'papers' }] } },
    file: { v: { files: [{ id: file, name: 'acte.pdf' }] } },
  });
});

test('an answer of errors that names no input block is shown as trouble', async () => {
  const team = await running((app) => {
    opensNote(app);
    app.view('note', async ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'x' } }));
  });
  const viewId = await opensByButton(team);
  team.andrei.fills(viewId, { what: 'liniște' });
  await team.andrei.submits(viewId);
  expect(team.andrei.lastProblem).toMatchObject({ act: 'submit', reason: 'bad_answer' });
  expect(team.andrei.state().modals).toHaveLength(1);
});
