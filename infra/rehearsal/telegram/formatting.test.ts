import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inline, oksana, refusalOf, started, yes } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

const send = (text: string, other?: object) => refusalOf(city.api.sendMessage(oksana, text, other));
const html = (text: string) => send(text, { parse_mode: 'HTML' });

describe('HTML', () => {
  test('known tags become entities counted in UTF-16 units, wherever they nest', async () => {
    const text =
      '😀 <b>жирний <i>і похилий</i></b> <a href="https://a.ro/?x=1&amp;y=2">тут</a> <tg-spoiler>ні</tg-spoiler> 2 &lt; 3';
    const { text: plain, entities } = await city.api.sendMessage(oksana, text, { parse_mode: 'HTML' });
    expect(plain).toBe('😀 жирний і похилий тут ні 2 < 3');
    expect(entities).toEqual([
      { type: 'bold', offset: 3, length: 16 },
      { type: 'italic', offset: 10, length: 9 },
      { type: 'text_link', offset: 20, length: 3, url: 'https://a.ro/?x=1&y=2' },
      { type: 'spoiler', offset: 24, length: 2 },
    ]);
  });

  test('spaces around go away and the entities move along', async () => {
    const { text, entities } = await city.api.sendMessage(oksana, '\n <u>так</u> \n', { parse_mode: 'HTML' });
    expect({ text, entities }).toEqual({ text: 'так', entities: [{ type: 'underline', offset: 0, length: 3 }] });
  });

  test.each([
    ['<x>a</x>', 'Unsupported start tag "x" at byte offset 0'],
    ['ж <b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['ж</b>', 'Unexpected end tag at byte offset 2'],
    ['2 < 3', 'Unsupported start tag "" at byte offset 2'],
    ['a <b', 'Unclosed start tag at byte offset 2'],
    ['<span class="big">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('%s cannot be parsed', async (text, why) => {
    expect(await html(text)).toBe(`400 Bad Request: can't parse entities: ${why}`);
  });

  test('another parse mode is refused', async () => {
    expect(await send('*a*', { parse_mode: 'MarkdownV2' })).toContain(
      'the stand-in does not read parse_mode MarkdownV2',
    );
    expect(await send('a', { parse_mode: 'BBCode' })).toBe('400 Bad Request: unsupported parse_mode');
  });
});

describe('entities', () => {
  test('they lie inside the text and not in the middle of a sign', async () => {
    expect(await send('так', { entities: [{ type: 'bold', offset: 0, length: 3 }] })).toBe('accepted');
    expect(await send('так', { entities: [{ type: 'bold', offset: 1, length: 3 }] })).toContain(
      'ends after the end of the text',
    );
    expect(await send('😀 a', { entities: [{ type: 'bold', offset: 1, length: 2 }] })).toContain(
      'begins in a middle of a UTF-16 symbol',
    );
    expect(await send('a', { entities: [{ type: 'shiny', offset: 0, length: 1 }] })).toContain(
      'Unsupported type specified',
    );
  });

  test('commands, mentions and addresses are found without being marked', async () => {
    const { entities } = await city.api.sendMessage(oksana, 'Scrieți /ajutor sau @punte_bot, https://a.ro/b. #caz');
    expect(entities?.map(({ type, offset, length }) => [type, offset, length])).toEqual([
      ['bot_command', 8, 7],
      ['mention', 20, 10],
      ['url', 32, 14],
      ['hashtag', 48, 4],
    ]);
  });
});

describe('inline keyboards', () => {
  const keys = (keyboard: unknown) => send('x', { reply_markup: { inline_keyboard: keyboard } });

  test('callback_data has 1 to 64 bytes, and a Cyrillic letter is two', async () => {
    expect(await keys([[{ text: 'a', callback_data: 'd'.repeat(64) }]])).toBe('accepted');
    expect(await keys([[{ text: 'a', callback_data: 'д'.repeat(32) }]])).toBe('accepted');
    expect(await keys([[{ text: 'a', callback_data: 'д'.repeat(33) }]])).toBe('400 Bad Request: BUTTON_DATA_INVALID');
    expect(await keys([[{ text: 'a', callback_data: '' }]])).toBe(
      "400 Bad Request: can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
    );
  });

  test('a key has a text and exactly one action', async () => {
    expect(await keys([[{ text: '', callback_data: 'a' }]])).toBe(
      '400 Bad Request: inline keyboard button text must be non-empty',
    );
    expect(await keys([[{ text: 'a', callback_data: 'a', url: 'https://a.ro' }]])).toContain('exactly one of');
    expect(await keys([[{ callback_data: 'a' }]])).toContain('Can\'t find field "text"');
    expect(await keys([[]])).toContain('has an empty row');
    expect(await keys('no')).toBe(
      '400 Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array',
    );
  });

  test('an address must be one, a text to copy has up to 256 characters', async () => {
    expect(await keys([[{ text: 'a', url: 'https://maps.example.ro/?q=1' }]])).toBe('accepted');
    expect(await keys([[{ text: 'a', url: 'http://localhost:3000/' }]])).toBe(
      "400 Bad Request: inline keyboard button URL 'http://localhost:3000/' is invalid: Wrong HTTP URL",
    );
    expect(await keys([[{ text: 'a', url: 'tel:112' }]])).toContain('Unsupported URL protocol');
    expect(await keys([[{ text: 'a', copy_text: { text: 'c'.repeat(256) } }]])).toBe('accepted');
    expect(await keys([[{ text: 'a', copy_text: { text: 'c'.repeat(257) } }]])).toContain('BUTTON_COPY_TEXT_INVALID');
  });

  test('the phone shows what each key is', async () => {
    await city.api.sendMessage(oksana, 'x', {
      reply_markup: {
        inline_keyboard: [
          [yes, { text: 'Hartă', url: 'https://a.ro' }],
          [{ text: 'Copiază', copy_text: { text: '112' } }],
        ],
      },
    });
    expect(city.phone.messages().at(-1)?.keys).toEqual([
      [
        { text: 'Да', data: 'yes' },
        { text: 'Hartă', url: 'https://a.ro' },
      ],
      [{ text: 'Copiază', copy: '112' }],
    ]);
  });

  test('an edit takes inline keys only', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'x');
    const edit = city.api.editMessageText(oksana, message_id, 'y', { reply_markup: { keyboard: [['a']] } as never });
    expect(await refusalOf(edit)).toBe('400 Bad Request: inline keyboard expected');
    expect(await refusalOf(city.api.editMessageText(oksana, message_id, 'y', { reply_markup: inline([yes]) }))).toBe(
      'accepted',
    );
  });
});

describe('the home keyboard', () => {
  test('stays until another comes or it is removed; a press sends its text', async () => {
    await city.api.sendMessage(oksana, 'Меню', {
      reply_markup: { keyboard: [['Записи', { text: 'Номер', request_contact: true }]], resize_keyboard: true },
    });
    await city.api.sendMessage(oksana, 'ще', { reply_markup: inline([yes]) });
    expect(city.phone.state().homeKeys).toEqual([['Записи', 'Номер']]);
    city.phone.presses('Записи');
    city.phone.presses('Номер');
    const updates = await city.api.getUpdates();
    expect(updates.map(({ message }) => message?.text ?? message?.contact?.user_id)).toEqual(['Записи', oksana]);
    await city.api.sendMessage(oksana, 'годі', { reply_markup: { remove_keyboard: true } });
    expect(city.phone.state().homeKeys).toBeNull();
    expect(() => city.phone.presses('Записи')).toThrow('no key');
  });

  test('its keys need a text, its placeholder has up to 64 characters', async () => {
    expect(await send('x', { reply_markup: { keyboard: [['']] } })).toBe(
      '400 Bad Request: keyboard button text must be non-empty',
    );
    expect(await send('x', { reply_markup: { keyboard: [['a']], resize_keyboard: 'da' } })).toContain(
      'must be of the type Boolean',
    );
    expect(await send('x', { reply_markup: { keyboard: [['a']], input_field_placeholder: 'p'.repeat(65) } })).toContain(
      '400',
    );
  });
});
