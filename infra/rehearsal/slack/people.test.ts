import type { BlockAction } from '@slack/bolt';
import { expect, test } from 'vitest';
import { actions, button, plain, section, socketApp, until } from './test-rig.ts';
import { atEnd, openTeam, running } from './test-team.ts';

const channel = 'C1ALERT';

test('what a person says arrives escaped, with its channel type; the app’s own posts come back with bot_id', async () => {
  const heard: Record<string, unknown>[] = [];
  const { ioana, slack, web } = await running((app) => {
    app.use(async ({ body, next }) => {
      heard.push((body as unknown as { event: Record<string, unknown> }).event);
      await next();
    });
  });
  const said = ioana.says('bot', 'a < b & vezi https://ecsili.ro');
  await slack.quiet();
  expect(heard[0]).toMatchObject({
    type: 'message',
    channel_type: 'im',
    user: ioana.id,
    text: 'a &lt; b &amp; vezi <https://ecsili.ro>',
  });
  const posted = await web.chat.postMessage({ channel: said.channel, text: 'am înțeles', thread_ts: said.ts });
  await web.chat.update({ channel: said.channel, ts: posted.ts ?? '', text: 'schimbat' });
  await slack.quiet();
  expect(heard[1]).toMatchObject({ bot_id: slack.botId, thread_ts: said.ts, parent_user_id: ioana.id });
  expect(heard[2]).toMatchObject({ subtype: 'message_changed', hidden: true, message: { text: 'schimbat' } });
  ioana.says(channel, 'în canal');
  await slack.quiet();
  expect(heard[3]).toMatchObject({ channel_type: 'channel', channel });
  ioana.says('C2OTHER', 'fără aplicație');
  slack.scopes.delete('im:history');
  ioana.says('bot', 'fără drept');
  await slack.quiet();
  expect(heard).toHaveLength(4);
});

test('choices in a message carry the chosen option and stand in state.values', async () => {
  const heard: BlockAction[] = [];
  const { ioana, web } = await running((app) => {
    app.action(/.*/, async ({ ack, body }) => {
      await ack();
      heard.push(body as BlockAction);
    });
  });
  const options = [
    { text: plain('Azi'), value: 'today' },
    { text: plain('Mâine'), value: 'tomorrow' },
  ];
  const blocks = [
    {
      type: 'section',
      block_id: 's',
      text: plain('Când'),
      accessory: { type: 'static_select', action_id: 'when', options },
    },
    {
      type: 'actions',
      block_id: 'a',
      elements: [
        { type: 'datepicker', action_id: 'day' },
        { type: 'overflow', action_id: 'more', options },
        button('Gata', 'done'),
      ],
    },
    {
      type: 'input',
      block_id: 'i',
      dispatch_action: true,
      label: plain('Text'),
      element: { type: 'plain_text_input', action_id: 'words' },
    },
  ];
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks } as never);
  const ref = { channel, ts };
  await ioana.picks(ref, 'when', 'Mâine');
  await ioana.picks(ref, 'day', '2026-11-24');
  await ioana.picks(ref, 'more', 'today');
  await ioana.picks(ref, 'Text', 'bună');
  await ioana.presses(ref, 'Gata');
  expect(heard.map((one) => one.actions[0]?.type)).toEqual([
    'static_select',
    'datepicker',
    'overflow',
    'plain_text_input',
    'button',
  ]);
  expect(heard[2]?.actions[0]).toMatchObject({ selected_option: { value: 'today' } });
  expect(heard[4]?.state?.values).toMatchObject({
    s: { when: { selected_option: { value: 'tomorrow' } } },
    a: { day: { selected_date: '2026-11-24' } },
    i: { words: { value: 'bună' } },
  });
  await expect(ioana.presses(ref, 'Nimic')).rejects.toThrow('0 elements');
});

test('an external select asks the app and takes only what it offered', async () => {
  let asked = 0;
  const { ioana, web } = await running((app) => {
    app.options('case', async ({ ack, options }) => {
      asked += 1;
      await ack({ options: [{ text: plain(`AR-07 ${options.value}`), value: 'c7' }] });
    });
    app.action('case', async ({ ack }) => ack());
  });
  const accessory = { type: 'external_select', action_id: 'case', min_query_length: 2 };
  const { ts = '' } = await web.chat.postMessage({
    channel,
    text: 'x',
    blocks: [{ type: 'section', text: plain('Caz'), accessory }],
  } as never);
  const ref = { channel, ts };
  expect((await ioana.asks(ref, 'case', 'a')).options).toEqual([]);
  expect((await ioana.asks(ref, 'case', 'ar')).options).toEqual([{ text: 'AR-07 ar', value: 'c7' }]);
  expect(asked).toBe(1);
  expect(await ioana.picks(ref, 'case', 'c7')).toMatchObject({ isAcked: true });
  await expect(ioana.picks(ref, 'case', 'c8')).rejects.toThrow('no option');
});

test('a command is answered inside the ack or by response_url, five times in thirty minutes', async () => {
  let url = '';
  const { ioana, andrei, slack, clock } = await running((app) => {
    app.command('/caz', async ({ ack, command }) => {
      url = command.response_url;
      await ack(`caut ${command.text}`);
    });
  });
  await ioana.command('/caz', 'AR-07', channel);
  expect(ioana.state().messages[channel]).toMatchObject([{ text: 'caut AR-07', isEphemeral: true }]);
  expect(andrei.state().messages[channel]).toEqual([]);
  const respond = async (body: object) => (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status;
  expect(await respond({ text: 'pentru toți', response_type: 'in_channel' })).toBe(200);
  expect(andrei.state().messages[channel]).toHaveLength(1);
  for (let n = 0; n < 4; n++) await respond({ text: 'încă' });
  expect(await respond({ text: 'a șasea' })).toBe(404);
  await ioana.command('/caz', 'AR-08', channel);
  clock.move(31 * 60_000);
  expect(await respond({ text: 'târziu' })).toBe(404);
  expect(slack.messages(channel)).toHaveLength(7);
  expect(slack.calls.untaken()).toHaveLength(7);
});

test('a press may replace its message by response_url', async () => {
  const { ioana, web, slack } = await running((app) => {
    app.action('take', async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'Preluată', blocks: [section('Preluată')] });
    });
  });
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks: [actions(button('Preiau', 'take'))] });
  await ioana.presses({ channel, ts }, 'Preiau');
  await until(() => slack.messages(channel)[0]?.text === 'Preluată');
});

test('shortcuts bring their callback id, a message shortcut its message', async () => {
  const heard: string[] = [];
  const { ioana } = await running((app) => {
    app.shortcut('raise', async ({ ack, shortcut }) => {
      await ack();
      heard.push(shortcut.type === 'message_action' ? `message ${shortcut.message.text}` : shortcut.type);
    });
  });
  const said = ioana.says('bot', 'mi-e frică');
  await ioana.messageShortcut('raise', said);
  await ioana.globalShortcut('raise');
  expect(heard).toEqual(['message mi-e frică', 'shortcut']);
});

test('without a listening app a press shows a warning, and so does a missing ack', async () => {
  const team = await openTeam({ pace: { ackMs: 50 } });
  const { ts = '' } = await team.web.chat.postMessage({
    channel,
    text: 'x',
    blocks: [actions(button('Preiau', 'take'))],
  });
  const lost = await team.ioana.presses({ channel, ts }, 'Preiau');
  expect(lost).toMatchObject({ isAcked: false, problem: { reason: 'no_connection' } });
  expect(team.ioana.lastProblem?.says).toBe('Punte didn’t respond');
  expect((await team.ioana.command('/caz')).problem?.says).toContain('dispatch_failed');
  const app = await socketApp(team.slack, (one) => one.action('take', async () => {}));
  atEnd(app.stop);
  expect((await team.ioana.presses({ channel, ts }, 'Preiau')).problem?.reason).toBe('timeout');
});

test('nobody touches what they do not see; an offline desk stands still', async () => {
  const { ioana, andrei, web } = await running((app) => app.action('take', async ({ ack }) => ack()));
  const blocks = [actions(button('Preiau', 'take'))];
  const own = await web.chat.postMessage({ channel: ioana.id, text: 'x', blocks });
  const ref = { channel: own.channel ?? '', ts: own.ts ?? '' };
  await expect(andrei.presses(ref, 'Preiau')).rejects.toThrow('does not see');
  ioana.goesOffline();
  await web.chat.postMessage({ channel: ioana.id, text: 'y' });
  expect(ioana.state()).toMatchObject({ online: false });
  expect(ioana.state().messages[ref.channel]).toHaveLength(1);
  expect((await ioana.presses(ref, 'Preiau')).problem?.reason).toBe('offline');
  ioana.goesOnline();
  expect(ioana.state().messages[ref.channel]).toHaveLength(2);
  expect((await ioana.presses(ref, 'Preiau')).isAcked).toBe(true);
});
