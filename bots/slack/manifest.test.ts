import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { phrase } from '#core/phrase.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { say } from '../dialogue/say.ts';
import { commands, noteShortcut } from './listeners.ts';
import manifest from './manifest.json' with { type: 'json' };
import { incomingOf } from './receive.ts';

const code = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

/** What each method asks for: docs.slack.dev/reference/methods. */
const scopeOfMethod: Record<string, string | undefined> = {
  'auth.test': undefined,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'conversations.open': 'im:write',
  'conversations.history': 'im:history',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.info': 'files:read',
  'files.delete': 'files:write',
  'views.open': undefined,
  'views.push': undefined,
  'views.update': undefined,
  'views.publish': undefined,
};
const scopeOfEvent: Record<string, string | undefined> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
};

test('the manifest asks for what the code uses and for nothing else', () => {
  const called = [
    ...code.matchAll(/\b(?:client|slackClient\(calling\))\.((?:auth|chat|conversations|files|views)\.\w+)\(/g),
  ].map(([, method = '']) => method);
  expect([...new Set(called)].filter((method) => !(method in scopeOfMethod))).toEqual([]);
  const { bot_events: events } = manifest.settings.event_subscriptions;
  const needed = [
    ...called.map((method) => scopeOfMethod[method]),
    ...events.map((event) => scopeOfEvent[event]),
    'commands',
  ];
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(
    [...new Set(needed.filter((scope) => scope !== undefined))].sort(),
  );
});

test('each event it subscribes to is one the code reads', () => {
  const seal = loneSeal(1);
  const kindOf = (event: object) => incomingOf({ event: { user: 'U1', ts: '1.1', ...event } }, { seal }).kind;
  expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual([
    'app_home_opened',
    'app_mention',
    'message.im',
  ]);
  expect([
    kindOf({ type: 'app_home_opened', tab: 'home' }),
    kindOf({ type: 'app_mention', channel: 'C1' }),
    kindOf({ type: 'message', channel: 'D1', channel_type: 'im', text: 'a' }),
  ]).toEqual(['home', 'elsewhere', 'text']);
});

test('its commands and shortcut are those of the code, in the words of the locales', () => {
  const { slash_commands: slash, shortcuts, app_home: home } = manifest.features;
  expect(slash.map(({ command }) => command)).toEqual([...commands]);
  expect(slash.map(({ description }) => description)).toEqual([
    say(phrase('slack:command.caz'), 'ro'),
    say(phrase('slack:command.garda'), 'ro'),
  ]);
  expect(shortcuts).toMatchObject([
    { name: say(phrase('slack:shortcut.note'), 'ro'), callback_id: noteShortcut, type: 'message' },
  ]);
  expect(home).toMatchObject({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

test('it keeps to the lengths of Slack, and to Socket Mode with buttons', () => {
  const { name, description, long_description: long, background_color: colour } = manifest.display_information;
  expect([name.length <= 35, description.length <= 140, long.length >= 174, long.length <= 4000]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(colour).toMatch(/^#[0-9A-F]{6}$/);
  expect(manifest.features.shortcuts.every((one) => one.name.length <= 24 && one.description.length <= 150)).toBe(true);
  expect([manifest.settings.socket_mode_enabled, manifest.settings.interactivity.is_enabled]).toEqual([true, true]);
});
