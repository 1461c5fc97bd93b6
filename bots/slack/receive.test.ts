import { describe, expect, test } from 'vitest';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { keyOf as keyUnder, laneOf, viewOf } from './keys.ts';
import type { SlackBody, SlackEvent } from './payload.ts';
import { incomingOf } from './receive.ts';

const seal = loneSeal(7);
const botUserId = 'U0BOT';
const read = (body: SlackBody) => incomingOf(body, { botUserId, seal });
const keyOf = (body: SlackBody) => keyUnder(body, seal);
const eventBody = (event: SlackEvent, eventId = 'Ev1'): SlackBody => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: eventId,
  event,
});
const direct = (more: Partial<SlackEvent> = {}): SlackEvent => ({
  type: 'message',
  channel: 'D1',
  channel_type: 'im',
  user: 'U1',
  ts: '10.1',
  text: 'Bună',
  ...more,
});
const tap = (actionId: string, more: Partial<SlackBody> = {}): SlackBody => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', username: 'ioana' },
  trigger_id: '5.5',
  container: { type: 'message', channel_id: 'D1', message_ts: '9.9' },
  actions: [{ action_id: actionId, action_ts: '11.0', value: 'token' }],
  ...more,
});

describe('a direct message', () => {
  test('is a text with its place', () => {
    expect(read(eventBody(direct({ text: 'a &lt;b&gt;' })))).toMatchObject({
      channel: 'slack',
      account: { key: 'U1', address: 'U1' },
      kind: 'text',
      text: 'a <b>',
      message: { chatId: 'D1', messageId: '10.1' },
      isEdited: false,
      isForwarded: false,
    });
  });

  test('with files is files, its words the caption; a recorded clip is a voice', () => {
    const files = [
      { id: 'F1', name: 'a.jpg', mimetype: 'image/jpeg', size: 5, url_private: 'https://files.slack.com/a' },
      { id: 'F2', subtype: 'slack_audio', mimetype: 'audio/mp4', duration_ms: 4200 },
      { id: 'F3', mimetype: 'application/pdf' },
      { id: 'F4', mode: 'tombstone' },
    ];
    expect(read(eventBody(direct({ subtype: 'file_share', text: 'acte', files })))).toMatchObject({
      kind: 'files',
      caption: 'acte',
      files: [
        { kind: 'photo', ref: 'F1', url: 'https://files.slack.com/a', name: 'a.jpg', size: 5 },
        { kind: 'voice', ref: 'F2', seconds: 4 },
        { kind: 'document', ref: 'F3' },
      ],
    });
  });

  test('that was edited is the same message, edited; the preview of a link is no edit', () => {
    const before = { user: 'U1', ts: '10.1', text: 'vin mâine' };
    const change = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'D1',
      channel_type: 'im',
      ts: '12.0',
      previous_message: before,
    };
    const changed = eventBody({ ...change, message: { ...before, text: 'vin azi', edited: { ts: '12.0' } } });
    expect(read(changed)).toMatchObject({
      kind: 'text',
      text: 'vin azi',
      isEdited: true,
      message: { messageId: '10.1' },
      account: { key: 'U1' },
    });
    expect(read(eventBody({ ...change, message: { ...before, edited: { ts: '12.0' } } })).kind).toBe('ignored');
    expect(read(eventBody({ ...change, message: { ...before, text: 'vin azi' } })).kind).toBe('ignored');
  });

  test('that was shared from elsewhere is marked as forwarded', () => {
    expect(read(eventBody(direct({ attachments: [{ is_share: true }] })))).toMatchObject({
      kind: 'text',
      isForwarded: true,
    });
  });

  test.each([
    ['our own', { bot_id: 'B1' }],
    ['of our own user', { user: botUserId }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['a joining', { subtype: 'channel_join' }],
  ])('%s is ignored', (_, more) => {
    expect(read(eventBody(direct(more))).kind).toBe('ignored');
  });

  test('without any words is something we cannot read', () => {
    expect(read(eventBody(direct({ text: ' ' }))).kind).toBe('unsupported');
  });
});

describe('what is said elsewhere', () => {
  test('in a channel is never read, and answered only if it speaks to us', () => {
    const said = (text: string) => read(eventBody(direct({ channel: 'C1', channel_type: 'channel', text })));
    expect(said('despre cazul 12')).toMatchObject({ kind: 'elsewhere', chatId: 'C1', isAddressed: false });
    expect(said(`<@${botUserId}> cine e de gardă?`)).toMatchObject({ kind: 'elsewhere', isAddressed: true });
    expect(said('despre cazul 12')).not.toHaveProperty('text');
    expect(read(eventBody({ type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1', text: 'x' }))).toMatchObject({
      kind: 'elsewhere',
      isAddressed: true,
    });
  });
});

describe('a tap', () => {
  test('is a button with its token and the message it stood under', () => {
    expect(read(tap('act:0'))).toMatchObject({
      kind: 'button',
      token: 'token',
      message: { chatId: 'D1', messageId: '9.9' },
      name: 'ioana',
    });
    expect(read(tap('act:0'))).not.toHaveProperty('view');
  });

  test('that opens a form names the view which was opened for it', () => {
    const body = tap('open:1');
    expect(read(body)).toMatchObject({ kind: 'button', view: viewOf(keyOf(body) ?? '') });
  });

  test('in a view has no message', () => {
    expect(read(tap('act:0', { container: { type: 'view', view_id: 'V1' } }))).not.toHaveProperty('message');
  });

  test('on a select carries the chosen token', () => {
    const actions = [{ action_id: 'act:3', action_ts: '1.0', selected_option: { value: 'chosen' } }];
    expect(read(tap('', { actions }))).toMatchObject({ kind: 'button', token: 'chosen' });
  });

  test.each([['url:0'], ['words'], ['']])('on a link or an input (%j) is ignored', (actionId) => {
    expect(read(tap(actionId)).kind).toBe('ignored');
  });
});

test('a submitted form gives its values by field', () => {
  const view = {
    id: 'V1',
    hash: '1.abc',
    private_metadata: JSON.stringify({ run: 'a'.repeat(24), language: 'ro' }),
    state: {
      values: {
        danger: { choice: { selected_option: { value: 'life' } } },
        seen: { words: { value: ' Ușa spartă. ' } },
        seen_files: { files: { files: [{ id: 'F1', mimetype: 'image/png' }] } },
        day_time: { time: { selected_time: '14:05' } },
        day: { date: { selected_date: '2026-11-24' } },
        later: { date: { selected_date: null } },
        later_time: { time: { selected_time: null } },
        phone: { phone: { value: '0712345678' } },
        skipped: { words: { value: null } },
      },
    },
  };
  expect(read({ type: 'view_submission', user: { id: 'U1' }, view })).toMatchObject({
    kind: 'form',
    run: 'a'.repeat(24),
    values: {
      danger: { choice: 'life' },
      seen: { text: 'Ușa spartă.', files: [{ kind: 'photo', ref: 'F1' }] },
      day: { local: '2026-11-24T14:05' },
      phone: { text: '0712345678' },
    },
  });
  expect(
    Object.keys((read({ type: 'view_submission', user: { id: 'U1' }, view }) as { values: object }).values).sort(),
  ).toEqual(['danger', 'day', 'phone', 'seen']);
  expect(read({ type: 'view_submission', user: { id: 'U1' }, view: { id: 'V1', private_metadata: 'x' } }).kind).toBe(
    'ignored',
  );
});

test('a command, a message shortcut and an opened home are what they are called', () => {
  const command = { command: '/caz', text: 'Șevcenco', user_id: 'U1', team_id: 'T1', trigger_id: '3.3' };
  expect(read(command)).toMatchObject({
    kind: 'command',
    command: '/caz',
    text: 'Șevcenco',
    view: viewOf('sl:t:3.3'),
    account: { key: 'U1' },
  });
  const shortcut = {
    type: 'message_action',
    callback_id: 'make_note',
    user: { id: 'U1' },
    trigger_id: '4.4',
    message: { text: 'de notat' },
  };
  expect(read(shortcut)).toMatchObject({
    kind: 'shortcut',
    callbackId: 'make_note',
    text: 'de notat',
    view: viewOf('sl:t:4.4'),
  });
  expect(read(eventBody({ type: 'app_home_opened', user: 'U1', tab: 'home' })).kind).toBe('home');
  expect(read(eventBody({ type: 'app_home_opened', user: 'U1', tab: 'messages' })).kind).toBe('ignored');
  expect(read(eventBody({ type: 'reaction_added', user: 'U1' })).kind).toBe('ignored');
  expect(read({ type: 'view_closed', user: { id: 'U1' }, view: { id: 'V1' } }).kind).toBe('ignored');
});

describe('the key', () => {
  test('of a message is the same for copies with another event id, and another one after an edit', () => {
    expect(keyOf(eventBody(direct(), 'Ev1'))).toBe(keyOf(eventBody(direct(), 'Ev2')));
    const edit = (ts: string) =>
      eventBody({
        type: 'message',
        subtype: 'message_changed',
        channel: 'D1',
        ts,
        message: { user: 'U1', ts: '10.1', edited: { ts } },
      });
    expect(new Set([keyOf(eventBody(direct())), keyOf(edit('12.0')), keyOf(edit('13.0'))]).size).toBe(3);
  });

  test('of anything else is Slack’s own mark of it', () => {
    expect(keyOf(eventBody({ type: 'app_home_opened', user: 'U1' }, 'Ev9'))).toBe('sl:e:Ev9');
    expect(keyOf(tap('act:0'))).toMatch(/^sl:a:[\w-]{22}$/);
    expect(keyOf(tap('act:0'))).toBe(keyOf(tap('act:0')));
    expect(keyOf(tap('act:0'))).not.toBe(keyOf(tap('act:1')));
    expect(keyOf({ type: 'view_submission', view: { id: 'V1', hash: 'h' } })).toBe('sl:v:V1:h:view_submission');
    expect(keyOf({ command: '/caz', trigger_id: '3.3' })).toBe('sl:t:3.3');
    expect(keyOf({})).toBeUndefined();
  });

  test('in which an account would stand cannot be made by who has no key', () => {
    expect(keyUnder(tap('act:0'), loneSeal(8))).not.toBe(keyOf(tap('act:0')));
    expect(keyUnder(eventBody(direct()), loneSeal(8))).not.toBe(keyOf(eventBody(direct())));
  });
});

test('the lane is one account, and does not show it', () => {
  expect(laneOf(tap('act:0'), seal)).toBe(laneOf(eventBody(direct()), seal));
  expect(laneOf(tap('act:0'), seal)).toMatch(/^slack:[\w-]{22}$/);
  expect(laneOf(tap('act:0', { user: { id: 'U2' } }), seal)).not.toBe(laneOf(tap('act:0'), seal));
});
