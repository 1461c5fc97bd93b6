import { InputFile, InputMediaBuilder } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { oksana, picture, refusalOf, started } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

async function download(fileId: string): Promise<Buffer> {
  const { file_path } = await city.api.getFile(fileId);
  const answer = await fetch(`${city.telegram.url}/file/bot${city.telegram.token}/${file_path}`);
  return Buffer.from(await answer.arrayBuffer());
}

describe('files of people', () => {
  test('a voice message is asked for and downloaded, byte for byte', async () => {
    const bytes = Buffer.from([0x4f, 0x67, 0x67, 0x53, 0, 1, 2, 13, 10, 255]);
    city.phone.sendsVoice(bytes, 7);
    const voice = (await city.api.getUpdates())[0]?.message?.voice;
    expect(voice).toMatchObject({ duration: 7, mime_type: 'audio/ogg', file_size: 10 });
    expect(await download(voice?.file_id ?? '')).toEqual(bytes);
    expect(city.phone.messages()[0]).toMatchObject({ kind: 'voice', seconds: 7 });
  });

  test('the first size of a photo is only a thumbnail', async () => {
    city.phone.sendsPhoto(picture, 'рана');
    const message = (await city.api.getUpdates())[0]?.message;
    expect(message?.caption).toBe('рана');
    expect(await download(message?.photo?.at(-1)?.file_id ?? '')).toEqual(picture);
    expect(await download(message?.photo?.[0]?.file_id ?? '')).not.toEqual(picture);
    expect(message?.photo?.at(-1)).toMatchObject({ width: 2, height: 2 });
  });

  test('a file over 20 MB cannot be downloaded', async () => {
    city.phone.sendsDocument({ bytes: Buffer.from('x'), fileName: 'film.pdf', declaredSize: 21 * 1024 * 1024 });
    const document = (await city.api.getUpdates())[0]?.message?.document;
    expect(document?.file_size).toBe(21 * 1024 * 1024);
    expect(await refusalOf(city.api.getFile(document?.file_id ?? ''))).toBe('400 Bad Request: file is too big');
  });

  test('a file nobody asked for with getFile, and an unknown id, are not there', async () => {
    expect(await refusalOf(city.api.getFile('AgAD'))).toBe('400 Bad Request: invalid file_id');
    const answer = await fetch(`${city.telegram.url}/file/bot${city.telegram.token}/voice/file_0.oga`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
  });

  test('places, cards, stickers and forwarded words are what they say', async () => {
    city.phone.sendsLocation({ latitude: 47.93, longitude: 23.89 });
    city.phone.sendsContact();
    city.phone.sendsContact({ phone_number: '+40700', first_name: 'Altcineva' });
    city.phone.sendsSticker('🙏');
    city.phone.forwards({ text: 'чуже слово', from: 'Сусід' });
    const messages = (await city.api.getUpdates()).map(({ message }) => message);
    expect(messages[0]?.location).toEqual({ latitude: 47.93, longitude: 23.89 });
    expect([messages[1]?.contact?.user_id, messages[2]?.contact?.user_id]).toEqual([oksana, undefined]);
    expect(messages[3]?.sticker?.emoji).toBe('🙏');
    expect(messages[4]?.forward_origin).toMatchObject({ type: 'hidden_user', sender_user_name: 'Сусід' });
    expect(city.phone.messages().map(({ kind }) => kind)).toEqual([
      'location',
      'contact',
      'contact',
      'sticker',
      'text',
    ]);
  });
});

describe('files of the bot', () => {
  test('an upload arrives whole and can be sent again by its id', async () => {
    const bytes = Buffer.from('BEGIN:VCALENDAR\r\n--\r\nEND:VCALENDAR\r\n');
    const { document } = await city.api.sendDocument(oksana, new InputFile(bytes, 'programare.ics'), {
      caption: 'календар',
    });
    expect(document).toMatchObject({
      file_name: 'programare.ics',
      mime_type: 'text/calendar',
      file_size: bytes.length,
    });
    expect(await download(document.file_id)).toEqual(bytes);
    const again = await city.api.sendDocument(oksana, document.file_id);
    expect(again.document.file_unique_id).toBe(document.file_unique_id);
    expect(city.phone.messages()[0]).toMatchObject({ kind: 'document', fileName: 'programare.ics', text: 'календар' });
    expect(city.telegram.file(city.phone.messages()[0]?.fileId ?? '')?.bytes).toEqual(bytes);
  });

  test('a caption has up to 1024 characters', async () => {
    const send = (caption: string) =>
      refusalOf(city.api.sendVoice(oksana, new InputFile(Buffer.from('ogg')), { caption }));
    expect(await send('г'.repeat(1024))).toBe('accepted');
    expect(await send('г'.repeat(1025))).toBe('400 Bad Request: message caption is too long');
  });

  test('what is no file is refused', async () => {
    expect(await refusalOf(city.api.sendDocument(oksana, 'nu-exista'))).toBe(
      "400 Bad Request: wrong remote file identifier specified: can't unserialize it",
    );
    expect(await refusalOf(city.api.sendDocument(oksana, new InputFile(Buffer.alloc(0))))).toBe(
      '400 Bad Request: file must be non-empty',
    );
    expect(await refusalOf(city.api.sendPhoto(oksana, new InputFile(Buffer.from('no picture at all'))))).toBe(
      '400 Bad Request: IMAGE_PROCESS_FAILED',
    );
    const { voice } = await city.api.sendVoice(oksana, new InputFile(Buffer.from('ogg')));
    expect(await refusalOf(city.api.sendDocument(oksana, voice.file_id))).toBe(
      "400 Bad Request: can't use file of type Voice as Document",
    );
    const none = await fetch(`${city.root}/sendVoice?chat_id=${oksana}`);
    expect(await none.json()).toMatchObject({
      error_code: 400,
      description: 'Bad Request: there is no voice in the request',
    });
  });

  test('an upload over 50 MB is refused by its size', async () => {
    const form = new FormData();
    form.set('chat_id', String(oksana));
    form.set('document', new Blob([Buffer.alloc(51 * 1024 * 1024 + 1)]), 'mare.bin');
    const answer = await fetch(`${city.root}/sendDocument`, { method: 'POST', body: form });
    expect(await answer.json()).toEqual({ ok: false, error_code: 413, description: 'Request Entity Too Large' });
  });

  test('an album has 2 to 10 parts of kinds that go together', async () => {
    const photo = () => InputMediaBuilder.photo(new InputFile(picture, 'a.png'));
    const sent = await city.api.sendMediaGroup(oksana, [photo(), photo()]);
    expect(new Set(sent.map((part) => ('media_group_id' in part ? part.media_group_id : ''))).size).toBe(1);
    expect(await refusalOf(city.api.sendMediaGroup(oksana, [photo()]))).toContain('2-10 items');
    expect(await refusalOf(city.api.sendMediaGroup(oksana, Array.from({ length: 11 }, photo)))).toBe(
      '400 Bad Request: too many messages to send as an album',
    );
    const mixed = [photo(), InputMediaBuilder.document(new InputFile(Buffer.from('x'), 'a.pdf'))] as never;
    expect(await refusalOf(city.api.sendMediaGroup(oksana, mixed))).toBe(
      "400 Bad Request: document can't be mixed with other media types",
    );
    expect(city.telegram.calls.posts().at(-1)?.messageIds).toEqual(sent.map(({ message_id }) => message_id));
  });
});
