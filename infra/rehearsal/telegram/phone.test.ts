import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inline, mihai, oksana, refusalOf, started, yes } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
let changes: number[];
beforeEach(async () => {
  changes = [];
  city = await started({ pace: { typingMs: 80 }, onChange: (userId) => changes.push(userId) });
});
afterEach(() => city.telegram.close());

describe('a phone', () => {
  test('that never wrote shows what the bot is; Start with a payload opens it', async () => {
    await city.api.setMyDescription('Безпечне місце', { language_code: 'uk' });
    await city.api.setMyDescription('Un loc sigur');
    const phone = city.telegram.user(mihai);
    expect(phone.state()).toMatchObject({
      personId: 'mihai',
      hasStarted: false,
      messages: [],
      bot: { name: 'Punte · Місток', description: 'Un loc sigur' },
    });
    expect(city.phone.state().bot.description).toBe('Безпечне місце');
    phone.start('dosar_12');
    expect((await city.api.getUpdates())[0]?.message).toMatchObject({
      text: '/start dosar_12',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: { id: mihai, language_code: 'ro' },
    });
    expect(phone.state().hasStarted).toBe(true);
    expect(() => phone.start('cu spațiu')).toThrow('cannot stand in a start link');
  });

  test('counts what it has not read, and its lock screen has the first line', async () => {
    await city.api.sendMessage(oksana, 'Раз');
    await city.api.sendMessage(oksana, 'Повідомлення від Місток\nподробиці');
    expect(city.phone.state()).toMatchObject({ unread: 2, lockScreen: 'Повідомлення від Місток' });
    city.phone.reads();
    expect(city.phone.state()).toMatchObject({ unread: 0, lockScreen: null });
    await city.api.sendMessage(oksana, 'Три');
    city.phone.says('так');
    expect(city.phone.state().unread).toBe(0);
  });

  test('says the bot types, for a while of real time or until its message', async () => {
    await city.api.sendChatAction(oksana, 'typing');
    expect(city.phone.state().isTyping).toBe(true);
    await city.api.sendMessage(oksana, 'x');
    expect(city.phone.state().isTyping).toBe(false);
    await city.api.sendChatAction(oksana, 'typing');
    changes = [];
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(city.phone.state().isTyping).toBe(false);
    expect(changes).toContain(oksana);
  });

  test('tells its page of each change, and only of its own', async () => {
    await city.api.sendMessage(oksana, 'x');
    city.telegram.user(mihai).start();
    expect(changes.indexOf(oksana)).toBe(0);
    expect(changes).toContain(mihai);
    changes = [];
    const updates = await city.api.getUpdates();
    await city.api.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1 });
    expect(changes).toEqual([mihai]);
  });

  test('that blocks the bot cannot write until it unblocks or starts again', async () => {
    city.phone.blocks();
    expect(city.phone.state().hasBlockedBot).toBe(true);
    expect(() => city.phone.says('x')).toThrow('has blocked the bot');
    city.phone.start();
    expect(city.phone.state().hasBlockedBot).toBe(false);
    const updates = await city.api.getUpdates();
    expect(updates.map((update) => update.message?.text ?? update.my_chat_member?.new_chat_member.status)).toEqual([
      'kicked',
      'member',
      '/start',
    ]);
  });
});

describe('a phone without network', () => {
  test('keeps its words, and sends them once and in order when it is back', async () => {
    city.phone.goesOffline();
    const first = city.phone.says('раз');
    city.phone.says('два');
    city.phone.sendsVoice(Buffer.from('ogg'), 3);
    expect(first).toBeLessThan(0);
    expect(city.phone.messages()).toMatchObject([
      { id: first, text: 'раз', tick: 'waiting' },
      { text: 'два', tick: 'waiting' },
      { kind: 'voice', tick: 'waiting' },
    ]);
    expect(await city.api.getUpdates()).toEqual([]);
    city.phone.edits(first, 'раз, виправлено');
    city.phone.goesOnline();
    city.phone.goesOnline();
    const updates = await city.api.getUpdates();
    expect(updates.map(({ message }) => message?.text ?? message?.voice?.duration)).toEqual([
      'раз, виправлено',
      'два',
      3,
    ]);
    expect(city.phone.messages().map(({ tick }) => tick)).toEqual(['taken', 'taken', 'taken']);
  });

  test('shows what it showed, and gets what waited when it is back', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'До', { reply_markup: inline([yes]) });
    city.phone.goesOffline();
    await city.api.editMessageText(oksana, message_id, 'Після');
    await city.api.sendMessage(oksana, 'Нове');
    await city.api.sendChatAction(oksana, 'typing');
    expect(city.phone.state()).toMatchObject({
      online: false,
      isTyping: false,
      unread: 1,
      messages: [{ text: 'До', keys: [[{ text: 'Да', data: 'yes' }]] }],
    });
    city.phone.reads();
    expect(city.phone.state().unread).toBe(0);
    city.phone.goesOnline();
    expect(city.phone.state()).toMatchObject({
      online: true,
      unread: 1,
      lockScreen: 'Нове',
      messages: [{ text: 'Після' }, { text: 'Нове' }],
    });
  });

  test('loses a tap, and a toast meant for it', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'x', { reply_markup: inline([yes]) });
    city.phone.taps(message_id, 'yes');
    const id = (await city.api.getUpdates())[0]?.callback_query?.id ?? '';
    city.phone.goesOffline();
    expect(city.phone.taps(message_id, 'yes')).toBe(false);
    await city.api.answerCallbackQuery(id, { text: 'Записано' });
    city.phone.goesOnline();
    expect(city.phone.state().toast).toBeNull();
    expect(city.telegram.pendingUpdates()).toBe(1);
  });

  test('a message sent to it is accepted all the same', async () => {
    city.phone.goesOffline();
    expect(await refusalOf(city.api.sendMessage(oksana, 'x'))).toBe('accepted');
    expect(city.telegram.calls.posts()).toHaveLength(1);
  });

  test('blocks the bot only when it is back', async () => {
    city.phone.goesOffline();
    city.phone.says('раз');
    city.phone.blocks();
    expect(await refusalOf(city.api.sendMessage(oksana, 'x'))).toBe('accepted');
    city.phone.goesOnline();
    expect(await refusalOf(city.api.sendMessage(oksana, 'x'))).toContain('blocked');
    expect(await city.api.getUpdates()).toHaveLength(2);
  });
});
