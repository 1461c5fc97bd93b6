import { App, type BlockAction, SocketModeReceiver } from '@slack/bolt';
import { expect, test } from 'vitest';
import { actions, appToken, botToken, button, quiet, type SlackTeam, until } from './test-rig.ts';
import { atEnd, openTeam } from './test-team.ts';

const channel = 'C1ALERT';

/** As production connects: two receivers, one App each side of them, own reconnect loop (`recipes.md` 1). */
async function twoSockets({ slack }: SlackTeam, listen: (app: App) => void) {
  let isStopping = false;
  const receivers = [1, 2].map(
    () =>
      new SocketModeReceiver({
        appToken,
        autoReconnectEnabled: false,
        logger: quiet,
        installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, timeout: 5000, retryConfig: { retries: 0 } } },
      } as ConstructorParameters<typeof SocketModeReceiver>[0]),
  );
  const loops = receivers.map(async (receiver) => {
    const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
    const known = { botId: slack.botId, botUserId: slack.botUserId, tokenVerificationEnabled: false, clientOptions };
    listen(new App({ receiver, token: botToken, ...known, logger: quiet }));
    while (!isStopping) {
      try {
        await receiver.client.start();
        await new Promise((resolve) => receiver.client.once('disconnected', resolve));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });
  atEnd(async () => {
    isStopping = true;
    await Promise.all(receivers.map((receiver) => receiver.client.disconnect()));
    await Promise.all(loops);
  });
  await until(() => slack.sockets() === 2);
}

test('with two sockets a refresh of one at a time and a fallen server lose no press', async () => {
  const team = await openTeam();
  const pressed = new Set<string>();
  await twoSockets(team, (app) =>
    app.action('take', async ({ ack, body }) => {
      await ack();
      pressed.add((body as BlockAction).actions[0]?.action_ts ?? '');
    }),
  );
  const { slack, web, ioana } = team;
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks: [actions(button('Preiau', 'take'))] });
  let acked = 0;
  for (let n = 0; n < 20; n++) {
    if (n % 7 === 3) slack.faults.refreshSockets(1);
    if ((await ioana.presses({ channel, ts }, 'Preiau')).isAcked) acked += 1;
  }
  expect(acked).toBeGreaterThanOrEqual(18);
  await until(() => slack.sockets() === 2);
  await slack.faults.down();
  expect((await ioana.presses({ channel, ts }, 'Preiau')).problem?.reason).toBe('no_connection');
  await slack.faults.up();
  await until(() => slack.sockets() === 2);
  expect(await ioana.presses({ channel, ts }, 'Preiau')).toMatchObject({ isAcked: true, problem: null });
  expect(pressed.size).toBe(acked + 1);
});

test('an eleventh socket is sent away', async () => {
  const { slack } = await openTeam();
  const open = async () => {
    const headers = { authorization: `Bearer ${appToken}` };
    const answer = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers });
    const socket = new WebSocket(((await answer.json()) as { url: string }).url);
    const first = await new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)));
    return JSON.parse(String(first)) as { type: string; reason?: string };
  };
  for (let n = 0; n < 10; n++) expect((await open()).type).toBe('hello');
  expect(await open()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
});
