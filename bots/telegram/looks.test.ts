import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramDownload } from './download.ts';
import { telegramLooks } from './looks.ts';
import { incomingOf } from './receive.ts';
import { botId, botUsername, city, seal } from './test/rig.ts';

let there: Awaited<ReturnType<typeof city>>;
beforeEach(async () => {
  there = await city();
});
afterEach(() => there.telegram.close());

describe('small signs', () => {
  test('"is writing" is seen', async () => {
    await telegramLooks(there.line).typing('501');
    expect(there.phone.state().isTyping).toBe(true);
  });

  test('a tap is answered, with a toast of at most 200 signs', async () => {
    const sent = await there.api.sendMessage(501, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] },
    });
    there.phone.taps(sent.message_id, 'a');
    const [update] = await there.api.getUpdates();
    await telegramLooks(there.line).answerTap(update?.callback_query?.id ?? '', 'т'.repeat(300));
    expect(there.phone.state().toast?.text).toBe(`${'т'.repeat(199)}…`);
  });

  test('nothing of it throws, whatever is wrong', async () => {
    const looks = telegramLooks(there.line);
    await looks.typing('404404');
    await looks.answerTap('unknown');
    await there.telegram.faults.down();
    await looks.typing('501');
    await looks.answerTap('1', 'x');
    await looks.setUpTexts();
    await there.telegram.faults.up();
  });
});

describe('what the bot says of itself', () => {
  test('each language has its texts and commands, and Ukrainian is for everybody else', async () => {
    await telegramLooks(there.line).setUpTexts();
    const { api } = there;
    const scope = { type: 'all_private_chats' } as const;
    expect(
      (await api.getMyCommands({ scope, language_code: 'ro' })).map(({ command, description }) => [
        command,
        description,
      ]),
    ).toEqual([
      ['start', 'Încep'],
      ['menu', 'Meniul principal'],
      ['help', 'Am nevoie de ajutor'],
      ['language', 'Limba'],
      ['stop', 'Nu îmi mai scrieți'],
    ]);
    expect(await api.getMyCommands({ scope })).toEqual(await api.getMyCommands({ scope, language_code: 'uk' }));
    expect(there.phone.state().bot).toMatchObject({
      shortDescription: expect.stringContaining('Соціальна служба'),
      description: expect.stringContaining('112'),
    });
    expect(there.telegram.calls.all().filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  });

  test('who the token belongs to', async () => {
    expect(await telegramLooks(there.line).whoAmI()).toEqual({ botId, botUsername, name: 'Punte · Місток' });
  });
  test.each(['7000000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '1:x'])(
    'a wrong token is said in words: %s',
    async (token) => {
      const wrong = telegramLooks({ ...there.line, token }).whoAmI();
      await expect(wrong).rejects.toThrow('Telegram does not know TELEGRAM_BOT_TOKEN');
      await expect(wrong).rejects.not.toThrow(token);
    },
  );
});

describe('files people sent', () => {
  const bytes = Buffer.from('OggS'.repeat(100));
  const fileId = async () => {
    const [update] = await there.api.getUpdates();
    const incoming = update && incomingOf(update, { botId, botUsername, seal });
    return incoming?.kind === 'files' ? (incoming.files[0]?.ref ?? '') : '';
  };

  test('its bytes come whole', async () => {
    there.phone.sendsVoice(bytes, 3);
    expect(await telegramDownload(there.line)(await fileId(), 400)).toEqual({ is: 'loaded', bytes });
  });
  test('the declared size is read first: nothing is fetched', async () => {
    there.phone.sendsVoice(bytes, 3);
    expect(await telegramDownload(there.line)(await fileId(), 399)).toEqual({ is: 'too big' });
  });
  test('a file larger than it said is stopped at the limit', async () => {
    there.phone.sendsDocument({ bytes, declaredSize: 5 });
    expect(await telegramDownload(there.line)(await fileId(), 100)).toEqual({ is: 'too big' });
  });
  test("over Telegram's own limit of 20 MB", async () => {
    there.phone.sendsDocument({ bytes, declaredSize: 21 * 1024 * 1024 });
    expect(await telegramDownload(there.line)(await fileId(), 50 * 1024 * 1024)).toEqual({ is: 'too big' });
  });
  test('a file nobody knows is gone', async () => {
    expect(await telegramDownload(there.line)('nonsense', 400)).toEqual({ is: 'gone' });
  });
  test('a cut line is thrown, to be tried again', async () => {
    there.telegram.faults.cut({ method: 'getFile', where: 'midAnswer' });
    there.phone.sendsVoice(bytes, 3);
    await expect(telegramDownload(there.line)(await fileId(), 400)).rejects.toThrow('getFile');
  });
});
