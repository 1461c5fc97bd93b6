import type { Message, Update } from '@grammyjs/types';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { oksana } from '#infra/rehearsal/telegram/started.ts';
import { incomingOf, laneOf } from './receive.ts';
import { botId, botUsername, city, seal } from './test/rig.ts';

const me = { botId, botUsername, seal };
const from = { id: oksana, is_bot: false, first_name: 'Oksana', last_name: 'K.', language_code: 'uk' };
const here = { id: oksana, type: 'private', first_name: 'Oksana' } as const;
const group = { id: -200, type: 'group', title: 'Echipa' } as const;

const update = (content: Omit<Update, 'update_id'>): Update => ({ update_id: 77, ...content });
const of = (content: Omit<Update, 'update_id'>) => incomingOf(update(content), me);
const wrote = (content: Partial<Message>): Omit<Update, 'update_id'> =>
  ({ message: { message_id: 5, date: 0, chat: here, from, ...content } }) as Omit<Update, 'update_id'>;
const message = { chatId: String(oksana), messageId: '5' };
const plain = { kind: 'text', message, isEdited: false, isForwarded: false };

describe('who it is from', () => {
  test('the key is the bot and the number of the update, the account is the person, the lane hides it', () => {
    const incoming = of(wrote({ text: 'Добрий день' }));
    expect(incoming).toMatchObject({
      key: 'tg:7000000001:77',
      channel: 'telegram',
      account: { key: '501', address: '501' },
      name: 'Oksana K.',
      languageCode: 'uk',
    });
    expect(incoming.lane).toBe(`telegram:${seal.blind('lane', 'telegram:501', 128)}`);
    expect(incoming.lane).not.toContain('501');
  });

  test('all that one person does is one lane', () => {
    const tap = update({ callback_query: { id: '1', from, chat_instance: 'x', data: 'd' } });
    expect(laneOf(tap, seal)).toBe(laneOf(update(wrote({ text: 'x' })), seal));
  });
});

describe('texts and commands', () => {
  test.each([
    ['/start', { kind: 'start' }],
    ['/start@Punte_Mistok_Bot', { kind: 'start' }],
    ['/start abc-123_X', { kind: 'start', code: 'abc-123_X' }],
    ['/start@punte_mistok_bot  код ', { kind: 'start', code: 'код' }],
    ['/start@another_bot', { ...plain, text: '/start@another_bot' }],
    ['/starts', { ...plain, text: '/starts' }],
    ['/help', { ...plain, text: '/help' }],
    ['/help@punte_mistok_bot', { ...plain, text: '/help' }],
    ['/caz@punte_mistok_bot Ion Pop', { ...plain, text: '/caz Ion Pop' }],
    ['завтра не прийду', { ...plain, text: 'завтра не прийду' }],
    ['/ start', { ...plain, text: '/ start' }],
  ])('%s', (text, expected) => {
    expect(of(wrote({ text }))).toMatchObject(expected);
  });

  test('a start link without a code has none', () => expect(of(wrote({ text: '/start' }))).not.toHaveProperty('code'));

  test('an edited text is a text that was edited', () => {
    const edited = { edited_message: { ...wrote({ text: 'о 10' }).message, edit_date: 1 } } as Omit<
      Update,
      'update_id'
    >;
    expect(of(edited)).toMatchObject({ ...plain, text: 'о 10', isEdited: true });
  });

  test('a forwarded text says so, even if it looks like a command', () => {
    const forward_origin = { type: 'hidden_user', date: 0, sender_user_name: 'X' } as const;
    expect(of(wrote({ text: '/start abc', forward_origin }))).toMatchObject({
      ...plain,
      text: '/start abc',
      isForwarded: true,
    });
  });

  test('over 4,000 signs is too long', () => {
    expect(of(wrote({ text: 'x'.repeat(4000) }))).not.toHaveProperty('isTooLong');
    expect(of(wrote({ text: 'x'.repeat(4001) }))).toMatchObject({ isTooLong: true });
  });
});

describe('files', () => {
  const note = { file_id: 'V', file_unique_id: 'v', duration: 4, mime_type: 'audio/ogg', file_size: 900 };
  test('a voice message', () => {
    expect(of(wrote({ voice: note }))).toMatchObject({
      kind: 'files',
      files: [{ kind: 'voice', ref: 'V', mimetype: 'audio/ogg', size: 900, seconds: 4 }],
      caption: '',
      message,
    });
  });

  test('of a photo the largest size, with its caption and album', () => {
    const photo = [
      { file_id: 'S', file_unique_id: 's', width: 90, height: 60 },
      { file_id: 'L', file_unique_id: 'l', width: 1280, height: 853, file_size: 5 },
      { file_id: 'M', file_unique_id: 'm', width: 320, height: 213 },
    ];
    expect(of(wrote({ photo, caption: 'двері', media_group_id: 'A1' }))).toMatchObject({
      kind: 'files',
      files: [{ kind: 'photo', ref: 'L', size: 5 }],
      caption: 'двері',
      albumId: 'A1',
    });
  });

  test.each([
    ['document', 'document', { file_id: 'D', file_unique_id: 'd', file_name: 'a.pdf' }],
    ['audio', 'audio', { file_id: 'D', file_unique_id: 'd', duration: 3 }],
    ['video', 'video', { file_id: 'D', file_unique_id: 'd', duration: 3, width: 1, height: 1 }],
    ['video_note', 'video', { file_id: 'D', file_unique_id: 'd', duration: 3, length: 9 }],
  ])('%s', (field, kind, file) => {
    expect(of(wrote({ [field]: file }))).toMatchObject({ kind: 'files', files: [{ kind, ref: 'D' }] });
  });

  test('an edited caption is an edited text, the file does not come twice', () => {
    const edited = { edited_message: { ...wrote({ voice: note, caption: 'нове' }).message } } as Omit<
      Update,
      'update_id'
    >;
    expect(of(edited)).toMatchObject({ kind: 'text', text: 'нове', isEdited: true });
  });
});

describe('places, contacts, stickers', () => {
  const location = { latitude: 44.4, longitude: 26.1 };
  test('a place and a venue', () => {
    expect(of(wrote({ location }))).toMatchObject({ kind: 'place', ...location, message });
    expect(of(wrote({ location, venue: { location, title: 'Primăria', address: 'x' } }))).toMatchObject({
      kind: 'place',
      ...location,
    });
  });
  test('a live location that moves is ignored', () => {
    expect(of({ edited_message: wrote({ location }).message } as Omit<Update, 'update_id'>)).toMatchObject({
      kind: 'ignored',
    });
  });
  test.each([
    [oksana, true],
    [999, false],
    [undefined, false],
  ])('a contact of account %s is own: %s', (user_id, isOwn) => {
    const contact = { phone_number: '+40700000000', first_name: 'X', ...(user_id && { user_id }) };
    expect(of(wrote({ contact }))).toMatchObject({ kind: 'contact', phone: '+40700000000', isOwn });
  });
  test('a sticker with its emoji', () => {
    expect(of(wrote({ sticker: { emoji: '👍' } as never }))).toMatchObject({ kind: 'sticker', emoji: '👍' });
  });
  test.each(['poll', 'dice', 'game', 'story', 'checklist'])('%s is nothing we read', (name) => {
    expect(of(wrote({ [name]: {} }))).toMatchObject({ kind: 'unsupported' });
  });
});

describe('buttons', () => {
  const callback_query = { id: 'Q', from, chat_instance: 'x', data: 'token' };
  test('a tap carries its token and the message it stood under', () => {
    const under = wrote({ text: 'x' }).message as Message;
    expect(of({ callback_query: { ...callback_query, message: under } })).toMatchObject({
      kind: 'button',
      token: 'token',
      callbackId: 'Q',
      message,
    });
  });
  test('a tap without a message or token is still a tap: it must be answered', () => {
    expect(of({ callback_query: { id: 'Q', from, chat_instance: 'x' } })).toMatchObject({
      kind: 'button',
      token: '',
      callbackId: 'Q',
    });
  });
  test('a tap in a group is elsewhere', () => {
    const under = wrote({ text: 'x', chat: group }).message as Message;
    expect(of({ callback_query: { ...callback_query, message: under } })).toMatchObject({
      kind: 'elsewhere',
      chatId: '-200',
    });
  });
});

describe('groups, bots and service messages', () => {
  const entity = (type: string, length: number) => [{ type, offset: 0, length }] as NonNullable<Message['entities']>;
  test.each([
    ['a word among others', { text: 'salut' }, false],
    ['a command', { text: '/ajutor', entities: entity('bot_command', 7) }, true],
    ['a command of another bot', { text: '/ajutor@other_bot', entities: entity('bot_command', 17) }, false],
    ['our name', { text: '@punte_mistok_bot hei', entities: entity('mention', 17) }, true],
    ['another name', { text: '@punte_mistok_bo hei', entities: entity('mention', 16) }, false],
    ['a reply to us', { text: 'da', reply_to_message: { from: { id: 7000000001, is_bot: true } } as never }, true],
  ])('%s', (_, content, isAddressed) => {
    expect(of(wrote({ chat: group, ...content }))).toMatchObject({
      kind: 'elsewhere',
      chatId: '-200',
      isAddressed,
      account: { address: '501' },
    });
  });
  test('what a bot says is ignored', () => {
    expect(of(wrote({ text: 'x', from: { ...from, is_bot: true } }))).toMatchObject({ kind: 'ignored' });
  });
  test.each(['pinned_message', 'message_auto_delete_timer_changed', 'new_chat_title', 'write_access_allowed'])(
    '%s is ignored',
    (name) => {
      expect(of(wrote({ [name]: {} }))).toMatchObject({ kind: 'ignored' });
    },
  );
  const member = (chat: object, status: string) =>
    ({ my_chat_member: { chat, from, date: 0, old_chat_member: {}, new_chat_member: { status } } }) as never;
  test.each([
    [here, 'kicked', 'blocked'],
    [here, 'member', 'unblocked'],
    [group, 'kicked', 'ignored'],
    [group, 'member', 'ignored'],
  ])('membership in %o: %s is %s', (chat, status, kind) => expect(of(member(chat, status))).toMatchObject({ kind }));
});

describe('odd updates never throw', () => {
  test.each([
    {},
    { message: {} },
    { message: null },
    { edited_message: { from } },
    { callback_query: {} },
    { my_chat_member: { from } },
    { poll: { id: '1' } },
  ])('%o', (content) => expect(of(content as never)).toMatchObject({ key: 'tg:7000000001:77', kind: 'ignored' }));
  test('whatever else comes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member', 'update_id'),
          fc.anything(),
        ),
        (odd) => {
          expect(incomingOf(odd as never, me).key).toMatch(/^tg:7000000001:/);
          expect(laneOf({ update_id: 1, message: { from: odd } } as never, seal)).toMatch(/^telegram:/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("updates of the stand-in, which follow Telegram's pages", () => {
  let there: Awaited<ReturnType<typeof city>>;
  beforeEach(async () => {
    there = await city();
  });
  afterEach(() => there.telegram.close());
  test('each thing a phone can send is what it should be', async () => {
    const { phone, api } = there;
    phone.start('abc');
    phone.says('Добрий день');
    phone.sendsVoice(Buffer.from('OggS'), 3);
    phone.sendsPhoto(Buffer.alloc(20), 'двері');
    phone.sendsDocument({ bytes: Buffer.alloc(9) });
    phone.sendsLocation({ latitude: 44, longitude: 26 });
    phone.sendsContact();
    phone.sendsSticker('👍');
    phone.forwards({ text: 'чуже', from: 'X' });
    phone.blocks();
    phone.unblocks();
    const updates = await api.getUpdates();
    const seen = updates.map((one) => incomingOf(one, me));
    expect(seen.map(({ kind }) => kind)).toEqual([
      'start',
      'text',
      'files',
      'files',
      'files',
      'place',
      'contact',
      'sticker',
      'text',
      'blocked',
      'unblocked',
    ]);
    expect(seen[0]).toMatchObject({ code: 'abc' });
    expect(seen[6]).toMatchObject({ isOwn: true });
    expect(seen[8]).toMatchObject({ isForwarded: true });
  });
});
