import type { Update } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incomingOf as slackIncoming } from '#bots/slack/receive.ts';
import { incomingOf as telegramIncoming } from '#bots/telegram/receive.ts';
import { defaults } from '#core/settings.ts';
import { talk } from '../test/talk.ts';
import { monday, openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse(monday, defaults.limits);
});
afterAll(() => u.close());

const kindOf = (update: object) =>
  telegramIncoming({ update_id: 1, ...update } as Update, { botId: '7', botUsername: 'punte_bot', seal: u.world.seal })
    .kind;
const bot = { id: 99, is_bot: true, first_name: 'Other' };
const person = { id: 5, is_bot: false, first_name: 'Ана' };
const group = { id: -5, type: 'supergroup', title: 'Сусіди' };
const said = {
  message_id: 1,
  date: 1,
  text: '/menu@punte_bot',
  entities: [{ type: 'bot_command', offset: 0, length: 15 }],
};

describe('what bots say is not answered', () => {
  it('on Telegram: own and other bots, edits, channel posts, what came by way of a bot, anonymous senders (F40)', () => {
    expect(kindOf({ message: { ...said, chat: group, from: person } })).toBe('elsewhere');
    const ofBots = [
      { message: { ...said, chat: group, from: bot } },
      { message: { ...said, chat: { id: 99, type: 'private' }, from: bot } },
      { edited_message: { ...said, chat: group, from: bot, edit_date: 2 } },
      { channel_post: { ...said, chat: { id: -9, type: 'channel' }, sender_chat: { id: -9, type: 'channel' } } },
      { message: { ...said, chat: group, from: person, via_bot: bot } },
      { message: { ...said, chat: group, from: { id: 1087968824, is_bot: true }, sender_chat: group } },
      {
        message: {
          ...said,
          chat: group,
          from: { id: 777000, is_bot: false },
          sender_chat: { id: -9, type: 'channel' },
        },
      },
      { callback_query: { id: '1', from: bot, chat_instance: '1', data: 'x' } },
    ];
    expect(ofBots.map(kindOf)).toEqual(ofBots.map(() => 'ignored'));
  });

  it('on Slack: own and other bots, their mentions of us, their edits (F40)', () => {
    const event = {
      type: 'app_mention',
      user: 'U9',
      channel: 'C1',
      ts: '1.1',
      text: '<@UBOT> hello',
      channel_type: 'channel',
    };
    const kind = (more: object) =>
      slackIncoming(
        { team_id: 'T1', event_id: 'E1', event: { ...event, ...more } },
        { botUserId: 'UBOT', seal: u.world.seal },
      ).kind;
    expect(kind({})).toBe('elsewhere');
    const ofBots = [
      { bot_id: 'B1' },
      { user: 'UBOT' },
      { type: 'message', bot_id: 'B1' },
      { type: 'message', channel_type: 'im', bot_id: 'B1' },
      { type: 'message', channel_type: 'im', subtype: 'bot_message' },
      {
        type: 'message',
        channel_type: 'im',
        subtype: 'message_changed',
        message: { bot_id: 'B1', user: 'U9', ts: '1.1', text: 'x', edited: {} },
      },
    ];
    expect(ofBots.map(kind)).toEqual(ofBots.map(() => 'ignored'));
  });
});

it('a bot that looks like a person and answers each of our lines hears five of them, not more; a minute later five again (F40)', async () => {
  const other = await u.person('technician', 'Other Bot');
  const lines = async () => (await u.world.store.outbox.find({})).filter(({ address }) => address === '-5').length;
  for (let n = 0; n < 20; n++) await talk(u, other).comes({ kind: 'elsewhere', chatId: '-5', isAddressed: true });
  expect(await lines()).toBe(5);
  const third = await u.person('technician', 'Third Bot');
  for (let n = 0; n < 5; n++) await talk(u, third).comes({ kind: 'elsewhere', chatId: '-5', isAddressed: true });
  expect(await lines()).toBe(5);
  await u.fastForward(1);
  for (let n = 0; n < 20; n++) await talk(u, other).comes({ kind: 'elsewhere', chatId: '-5', isAddressed: true });
  expect(await lines()).toBe(10);
});
