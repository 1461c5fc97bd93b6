import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Store } from '#core/store.ts';
import { until } from '#infra/rehearsal/slack/test-rig.ts';
import { whoAmI } from './app.ts';
import { calling, card, desk, kinds, open, stored, world } from './test/desk.ts';

describe('on two sockets', () => {
  test('what a person does is stored, sealed, before it is acknowledged, and its lane is woken', async () => {
    await open();
    desk.team.ioana.says('bot', 'Bună ziua');
    await desk.team.slack.quiet();
    const [item] = await stored();
    expect(item).toMatchObject({ state: 'waiting', channel: 'slack', incoming: { kind: 'text', text: 'Bună ziua' } });
    expect(desk.woken).toEqual([{ mailbox: [item?.lane] }]);
    const raw = await desk.connection.db?.collection('mailbox').findOne({});
    expect(JSON.stringify(raw)).not.toMatch(/Bună|U1IOANA/);
  });

  test('copies with other event ids are stored once', async () => {
    await open();
    desk.team.slack.faults.copyEvents(5);
    desk.team.ioana.says('bot', 'o dată');
    await desk.team.slack.quiet();
    expect(await stored()).toHaveLength(1);
  });

  test('our own posts and what people say to one another are not kept', async () => {
    await open();
    await card();
    desk.team.ioana.says('C1ALERT', 'despre cazul 12');
    desk.team.ioana.opensMessages();
    await desk.team.slack.quiet();
    expect(await kinds()).toEqual([]);
  });

  test('taps, commands, shortcuts, files and an opened home all come in', async () => {
    await open();
    const ref = await card();
    expect((await desk.team.ioana.presses(ref, 'Preiau')).isAcked).toBe(true);
    expect((await desk.team.ioana.command('/garda')).isAcked).toBe(true);
    expect((await desk.team.ioana.messageShortcut('make_note', ref)).isAcked).toBe(true);
    desk.team.ioana.uploads({ name: 'a.pdf', content: 'x', text: 'acte' });
    desk.team.ioana.opensHome();
    await desk.team.slack.quiet();
    expect((await kinds()).sort()).toEqual(['button', 'command', 'files', 'home', 'shortcut']);
  });

  test('nobody is acknowledged while the store is away; Slack brings it again and it is stored once', async () => {
    let isAway = true;
    const insert: Store['mailbox']['insert'] = async (item) => {
      if (isAway) throw new Error('the store is away');
      await desk.store.mailbox.insert(item);
    };
    await open({ world: world({ insert }) }, { pace: { ackMs: 200, redeliverAfterMs: [0, 0, 0] } });
    expect((await desk.team.ioana.command('/garda')).isAcked).toBe(false);
    desk.team.ioana.says('bot', 'ajutor');
    await until(() => desk.team.slack.calls.of('chat.postMessage').length > 0);
    isAway = false;
    await until(() => desk.woken.length > 0, 4000);
    expect(await kinds()).toEqual(['text']);
    expect(desk.team.slack.messages('U1IOANA').filter(({ isBot }) => isBot)).toMatchObject([
      { text: expect.stringContaining('112') },
    ]);
  });

  test('a person whose message nobody takes up is told once that it is kept', async () => {
    await open({ lateMs: 30 });
    desk.team.ioana.says('bot', 'unu');
    desk.team.ioana.says('bot', 'doi');
    await until(() => desk.team.slack.calls.of('chat.postMessage').length > 0);
    await sleep(60);
    expect(desk.team.slack.messages('U1IOANA').filter(({ isBot }) => isBot)).toMatchObject([
      { text: expect.stringContaining('este păstrat') },
    ]);
  });

  test('both come back by themselves, and work goes on while one is renewed', async () => {
    await open();
    desk.team.slack.faults.refreshSockets(1);
    desk.team.ioana.says('bot', 'între timp');
    await until(() => desk.woken.length > 0);
    desk.team.slack.faults.dropSockets();
    await until(() => desk.team.slack.sockets() === 2);
    desk.team.slack.faults.failNext({ method: 'apps.connections.open', status: 503, count: 2 });
    desk.team.slack.faults.dropSockets();
    await until(() => desk.team.slack.sockets() === 2, 4000);
    expect([desk.app.isConnected(), await kinds()]).toEqual([true, ['text']]);
  });

  test('starting calls nothing but the sockets, and stopping ends them', async () => {
    await open();
    expect(new Set(desk.team.slack.calls.all.map(({ method }) => method))).toEqual(new Set(['apps.connections.open']));
    await desk.app.stop();
    await until(() => desk.team.slack.sockets() === 0);
    expect(desk.app.isConnected()).toBe(false);
  });
});

describe('who we are', () => {
  test('is asked with the token, and a wrong one is said in words', async () => {
    await open();
    expect(await whoAmI(calling())).toMatchObject({
      botUserId: desk.team.slack.botUserId,
      botId: desk.team.slack.botId,
    });
    await expect(whoAmI({ ...calling(), token: 'xoxb-wrong' })).rejects.toThrow(
      'Slack does not accept SLACK_BOT_TOKEN (invalid_auth)',
    );
    await expect(whoAmI({ ...calling(), apiUrl: 'http://127.0.0.1:9/api/' })).rejects.toThrow(
      'Slack cannot be reached',
    );
  });
});
