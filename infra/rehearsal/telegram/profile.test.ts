import { afterEach, beforeEach, expect, test } from 'vitest';
import { oksana, refusalOf, started } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

test('getMe tells the bot as grammY knows it', async () => {
  expect(await city.api.getMe()).toMatchObject({
    id: 7000000001,
    is_bot: true,
    first_name: 'Punte · Місток',
    can_read_all_group_messages: false,
  });
});

test('commands are kept per scope and language', async () => {
  const ro = [{ command: 'ajutor', description: 'Ajutor' }];
  await city.api.setMyCommands(ro, { scope: { type: 'chat', chat_id: oksana } });
  await city.api.setMyCommands([{ command: 'dopomoha', description: 'Допомога' }], { language_code: 'uk' });
  expect(await city.api.getMyCommands({ scope: { type: 'chat', chat_id: oksana } })).toEqual(ro);
  expect(await city.api.getMyCommands()).toEqual([]);
  await city.api.deleteMyCommands({ language_code: 'uk' });
  expect(await city.api.getMyCommands({ language_code: 'uk' })).toEqual([]);
});

test.each([
  [{ command: 'Ajutor', description: 'a' }, 'BOT_COMMAND_INVALID'],
  [{ command: 'a'.repeat(33), description: 'a' }, 'command length must not exceed 32'],
  [{ command: 'a', description: '' }, 'command description must be non-empty'],
  [{ command: 'a', description: 'd'.repeat(257) }, 'command description length must not exceed 256'],
])('a command must be well formed: %o', async (command, why) => {
  expect(await refusalOf(city.api.setMyCommands([command]))).toBe(`400 Bad Request: ${why}`);
});

test('a command menu has up to 100 entries, for chats that exist, in a language of two letters', async () => {
  const many = Array.from({ length: 101 }, (_, i) => ({ command: `c${i}`, description: 'd' }));
  expect(await refusalOf(city.api.setMyCommands(many))).toContain('400');
  expect(await refusalOf(city.api.setMyCommands([], { scope: { type: 'chat', chat_id: 9 } }))).toBe(
    '400 Bad Request: chat not found',
  );
  expect(await refusalOf(city.api.setMyCommands([], { language_code: 'ron' as 'ro' }))).toBe(
    '400 Bad Request: invalid language code specified',
  );
});

test('name, description and short description have 64, 512 and 120 characters', async () => {
  expect(await refusalOf(city.api.setMyName('n'.repeat(65)))).toContain('400');
  expect(await refusalOf(city.api.setMyDescription('d'.repeat(513)))).toContain('400');
  expect(await refusalOf(city.api.setMyShortDescription('d'.repeat(121)))).toContain('400');
  await city.api.setMyName('Місток', { language_code: 'uk' });
  await city.api.setMyShortDescription('Поруч');
  expect(city.phone.state().bot).toEqual({ name: 'Місток', shortDescription: 'Поруч', description: '' });
});

test('the menu button is one of three, and a chat is told as it is', async () => {
  expect(await refusalOf(city.api.setChatMenuButton({ menu_button: { type: 'commands' } }))).toBe('accepted');
  expect(await refusalOf(city.api.setChatMenuButton({ menu_button: { type: 'x' } as never }))).toContain(
    'unsupported type',
  );
  expect(await city.api.getChat(oksana)).toMatchObject({ id: oksana, type: 'private', first_name: 'Oksana' });
  expect(await refusalOf(city.api.getChat(9))).toBe('400 Bad Request: chat not found');
});
