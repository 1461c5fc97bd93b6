import { InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inline, mihai, oksana, refusalOf, started, yes } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

const sent = async (other?: object) => (await city.api.sendMessage(oksana, 'Прийдете?', other)).message_id;
const edit = (id: number, text: string, other?: object) => refusalOf(city.api.editMessageText(oksana, id, text, other));

describe('edits', () => {
  test('a new text stands under the same id, and without keys given the keys go', async () => {
    const id = await sent({ reply_markup: inline([yes]) });
    city.clock.passes(1);
    expect(await edit(id, 'Записано')).toBe('accepted');
    const [message] = city.phone.messages();
    expect(message).toMatchObject({
      id,
      text: 'Записано',
      at: '2026-03-02T08:00:00.000Z',
      editedAt: '2026-03-02T09:00:00.000Z',
    });
    expect(message).not.toHaveProperty('keys');
  });

  test('keys alone can change, and the text does not count as edited', async () => {
    const id = await sent({ reply_markup: inline([yes]) });
    await city.api.editMessageReplyMarkup(oksana, id);
    expect(city.phone.messages()[0]).not.toHaveProperty('keys');
    expect(city.phone.messages()[0]).not.toHaveProperty('editedAt');
  });

  test('the same again is "not modified", in text, keys and both', async () => {
    const id = await sent({ reply_markup: inline([yes]) });
    const same =
      '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    expect(await edit(id, 'Прийдете?', { reply_markup: inline([yes]) })).toBe(same);
    expect(await edit(id, '<b>Прийдете?</b>', { parse_mode: 'HTML', reply_markup: inline([yes]) })).toBe('accepted');
    expect(await refusalOf(city.api.editMessageReplyMarkup(oksana, id, { reply_markup: inline([yes]) }))).toBe(same);
  });

  test('only an own message that is there and has no reply keyboard can be edited', async () => {
    expect(await edit(99999, 'x')).toBe('400 Bad Request: message to edit not found');
    expect(await edit(city.phone.says('моє'), 'x')).toBe("400 Bad Request: message can't be edited");
    const id = await sent({ reply_markup: { keyboard: [['Записи']] } });
    expect(await edit(id, 'x')).toBe("400 Bad Request: message can't be edited");
  });

  test('the text has the limits of a new one; a voice message has a caption, no text', async () => {
    const id = await sent();
    expect(await edit(id, '')).toBe('400 Bad Request: message text is empty');
    expect(await edit(id, 'а'.repeat(4097))).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    const voice = await city.api.sendVoice(oksana, new InputFile(Buffer.from('ogg')), { caption: 'раз' });
    expect(await edit(voice.message_id, 'x')).toBe('400 Bad Request: there is no text in the message to edit');
    await city.api.editMessageCaption(oksana, voice.message_id, { caption: 'два' });
    expect(city.phone.messages().at(-1)?.text).toBe('два');
    const long = city.api.editMessageCaption(oksana, voice.message_id, { caption: 'г'.repeat(1025) });
    expect(await refusalOf(long)).toBe('400 Bad Request: MEDIA_CAPTION_TOO_LONG');
    expect(await refusalOf(city.api.editMessageCaption(oksana, id, { caption: 'x' }))).toContain(
      'no caption in the message to edit',
    );
  });

  test('a blocked bot edits nothing', async () => {
    const id = await sent();
    city.phone.blocks();
    expect(await edit(id, 'x')).toBe('403 Forbidden: bot was blocked by the user');
  });
});

describe('deletions', () => {
  test('a message under 48 hours can go, the bot’s and the person’s', async () => {
    const own = await sent();
    const theirs = city.phone.says('моє');
    await city.api.deleteMessage(oksana, own);
    await city.api.deleteMessages(oksana, [theirs, 99999]);
    expect(city.phone.messages()).toEqual([]);
    expect(await refusalOf(city.api.deleteMessage(oksana, own))).toBe('400 Bad Request: message to delete not found');
  });

  test('an older one stays, and takes a whole list with it', async () => {
    const old = await sent();
    city.clock.passes(48);
    const young = await sent();
    const no = "400 Bad Request: message can't be deleted for everyone";
    expect(await refusalOf(city.api.deleteMessage(oksana, old))).toBe(no);
    expect(await refusalOf(city.api.deleteMessages(oksana, [young, old]))).toBe(no);
    expect(city.phone.messages()).toHaveLength(2);
  });

  test('a list has 1 to 100 ids', async () => {
    expect(await refusalOf(city.api.deleteMessages(oksana, []))).toContain('not specified');
    expect(
      await refusalOf(
        city.api.deleteMessages(
          oksana,
          Array.from({ length: 101 }, (_, i) => i + 1),
        ),
      ),
    ).toContain('too many');
  });

  test('in a group only its own messages', async () => {
    city.telegram.addGroup({ id: -200, title: 'Echipa', members: [mihai] });
    const theirs = city.telegram.user(mihai).inGroup(-200).says('/garda');
    expect(await refusalOf(city.api.deleteMessage(-200, theirs))).toContain("can't be deleted");
    const { message_id } = await city.api.sendMessage(-200, 'x');
    expect(await refusalOf(city.api.deleteMessage(-200, message_id))).toBe('accepted');
  });
});
