import { HttpError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery, LoadedFile, Send } from '#core/delivery/sending.ts';
import type { FileId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { phrase, words } from '#core/phrase.ts';
import { mihai, oksana, picture } from '#infra/rehearsal/telegram/started.ts';
import { telegramSend, telegramSplit } from './send.ts';
import { outcomeOf } from './send-outcome.ts';
import { at, city, seal } from './test/rig.ts';

let there: Awaited<ReturnType<typeof city>>;
let send: Send;
beforeEach(async () => {
  there = await city();
  send = telegramSend({
    ...there.line,
    seal,
    settings: { validDays: 30 },
  });
});
afterEach(() => there.telegram.close());

const plain = (text: string) => phrase('general:plain', { text: words(text) });
const to = {
  rowId: 'r1',
  address: String(oksana),
  account: String(oksana),
  language: 'uk',
  epoch: 0,
  now: at,
  isMarked: false,
} as const;
const split = telegramSplit({ seal, settings: { validDays: 30 } });
const hello: Message = { lines: [plain('Добрий день')] };
const post = (message: Message = hello, more: Partial<Delivery & { method: 'send' }> = {}) =>
  send({ ...to, method: 'send', message, files: [], ...more });
const change = (messageId: string, message: Message) =>
  send({ ...to, method: 'edit', message, target: { chatId: String(oksana), messageId } });
const file = (kind: LoadedFile['kind'], name: string, bytes: Uint8Array = Buffer.from('words')): LoadedFile => ({
  kind,
  bytes,
  name,
  mimetype: 'x/y',
});
const shown = () => there.phone.messages();
const calls = () => there.telegram.calls.all().map(({ method }) => method);

describe('what arrives', () => {
  test('a text with the id of its message', async () => {
    const sent = await post({
      lines: [plain('Добрий день')],
      buttons: [[{ label: plain('Так'), action: 'home' }]],
      isProtected: true,
      isSilent: true,
    });
    const [message] = shown();
    expect(sent).toEqual({ is: 'sent', messageId: String(message?.id), chatId: String(oksana) });
    expect(message).toMatchObject({
      text: 'Добрий день',
      isProtected: true,
      isSilent: true,
      keys: [[{ text: 'Так' }]],
    });
  });

  test("a person's words are never format, and no page they name is fetched", async () => {
    await post({ lines: [plain('<b>x</b> *y* https://example.org')] });
    expect(shown()[0]?.text).toBe('<b>x</b> *y* https://example.org');
    expect(there.telegram.calls.of('sendMessage')[0]?.payload).toMatchObject({
      link_preview_options: { is_disabled: true },
    });
  });

  test('a long text is split, a pin and files come after it: each a message of its own, and only the first sounds', async () => {
    const place = { latitude: 45.7, longitude: 21.2, title: plain('Serviciul'), address: plain('Str. 1') };
    const message = { lines: [plain('а'.repeat(4000)), plain('б'.repeat(4000))], place, files: ['v', 'p'] as FileId[] };
    const { drawn, rest } = split({ ...to, method: 'send', message, files: [] });
    await post(undefined, { drawn });
    for (const part of rest) {
      if ('drawn' in part) await post(undefined, { drawn: part.drawn });
      else await post(part.message, { files: [file('photo', 'p.png', picture)] });
    }
    expect(shown().map(({ kind, isSilent }) => [kind, isSilent ?? false])).toEqual([
      ['text', false],
      ['text', true],
      ['location', true],
      ['photo', true],
      ['photo', true],
    ]);
    expect(rest.flatMap((part) => ('message' in part ? [part.message.files] : []))).toEqual([['v'], ['p']]);
  });

  test('files without a text: the first file is the message', async () => {
    expect(await post({ lines: [] }, { files: [file('audio', 'a.mp3')] })).toMatchObject({
      is: 'sent',
      messageId: String(shown()[0]?.id),
    });
    expect(shown()[0]).toMatchObject({ kind: 'document', fileName: 'a.mp3' });
  });

  test('a picture Telegram cannot read goes as a document', async () => {
    expect(await post({ lines: [] }, { files: [file('photo', 'p.heic')] })).toMatchObject({ is: 'sent' });
    expect(shown()).toMatchObject([{ kind: 'document', fileName: 'p.heic' }]);
  });

  test('a home with keys and the fixed keyboard can be edited afterwards', async () => {
    const home: Message = {
      lines: [plain('x')],
      buttons: [[{ label: plain('Так'), action: 'home' }]],
      keyboard: [[phrase('home:button.urgent')]],
    };
    const { drawn, rest } = split({ ...to, method: 'send', message: home, files: [] });
    const sent = await post(undefined, { drawn });
    for (const part of rest) if ('drawn' in part) await post(undefined, { drawn: part.drawn });
    expect(there.phone.state().homeKeys).toEqual([['🆘 Потрібна допомога']]);
    expect(await change(sent.is === 'sent' ? (sent.messageId ?? '') : '', hello)).toMatchObject({ is: 'sent' });
    expect(shown().map(({ text }) => text)).toEqual(['Добрий день', 'Головне меню']);
  });
});

describe('edits', () => {
  const sentId = async () => {
    const sent = await post();
    return sent.is === 'sent' ? (sent.messageId ?? '') : '';
  };
  test('a message changes and keeps its id', async () => {
    const id = await sentId();
    expect(await change(id, { lines: [plain('нове')] })).toEqual({ is: 'sent', messageId: id, chatId: String(oksana) });
    expect(shown()).toMatchObject([{ text: 'нове' }]);
  });
  test('"not modified" is sent', async () => expect(await change(await sentId(), hello)).toMatchObject({ is: 'sent' }));
  test('a message that is not there is refused, the address lives', async () => {
    expect(await change('99999', hello)).toEqual({ is: 'refused', why: '400 message to edit not found' });
  });
  test.each(['before', 'afterAccept', 'midAnswer'] as const)(
    'no answer (line cut %s): not sent, to be repeated freely',
    async (where) => {
      const id = await sentId();
      there.telegram.faults.cut({ where });
      expect(await change(id, { lines: [plain('нове')] })).toMatchObject({ is: 'not_sent' });
      expect(await change(id, { lines: [plain('нове')] })).toMatchObject({ is: 'sent' });
    },
  );
});

describe('what does not arrive', () => {
  test('nobody listens: not sent', async () => {
    await there.telegram.faults.down();
    expect(await post()).toEqual({ is: 'not_sent', why: 'no connection' });
    await there.telegram.faults.up();
  });
  test.each(['before', 'afterAccept', 'midAnswer'] as const)(
    'the line is cut %s: bytes went out, unknown',
    async (where) => {
      there.telegram.faults.cut({ where });
      expect(await post()).toMatchObject({ is: 'unknown' });
      expect(calls().length).toBeLessThanOrEqual(1);
    },
  );
  test('429: not sent, with the wait Telegram names', async () => {
    there.telegram.faults.rateLimit({ retryAfter: 7, count: 1 });
    expect(await post()).toEqual({ is: 'not_sent', why: 'too many requests', retryAfterSeconds: 7 });
  });
  test.each([500, 502, 504])('%s: unknown', async (status) => {
    there.telegram.faults.failNext({ status });
    expect(await post()).toEqual({ is: 'unknown', why: `answer ${status}` });
  });
  test('blocked, deactivated, never met: the address is dead', async () => {
    expect(await post(hello, { address: String(mihai) })).toEqual({
      is: 'refused',
      why: '400 chat not found',
      isAddressDead: true,
    });
    there.phone.blocks();
    expect(await post()).toEqual({ is: 'refused', why: '403 bot was blocked by the user', isAddressDead: true });
    there.phone.unblocks();
    there.phone.deletesAccount();
    expect(await post()).toEqual({ is: 'refused', why: '403 user is deactivated', isAddressDead: true });
  });
  test('a group that moved: refused, with its new address', async () => {
    there.telegram.faults.failNext({
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1001234567890 },
    });
    expect(await post()).toMatchObject({ is: 'refused', movedTo: '-1001234567890' });
  });
  test.each(['7000000001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '1:x'])(
    'a wrong token (%s): the whole bot is shut',
    async (token) => {
      const wrong = telegramSend({ ...there.line, token, seal, settings: { validDays: 30 } });
      expect(await wrong({ ...to, method: 'send', message: hello, files: [] })).toMatchObject({
        is: 'refused',
        isBotShut: true,
      });
    },
  );
  test('nothing to say, and what only Slack has', async () => {
    expect(await post({ lines: [] })).toEqual({ is: 'refused', why: 'nothing to say' });
    expect(await send({ ...to, method: 'home', message: hello })).toMatchObject({ is: 'refused' });
    expect(calls()).toEqual([]);
  });
});

describe('what cannot be drawn', () => {
  test('a stored phrase whose key is gone is refused, never shown', async () => {
    expect(await post({ lines: [{ key: 'alerts:gone' as never, params: {} }] })).toEqual({
      is: 'refused',
      why: 'cannot be drawn: UnknownPhrase',
    });
    expect(calls()).toEqual([]);
  });
});

describe('a second way', () => {
  const bold: Message = { lines: [plain('x')], facts: [] };
  test('entities that are not taken: plain text, once', async () => {
    there.telegram.faults.failNext({ status: 400, description: "Bad Request: can't parse entities: x" });
    expect(await post(bold)).toMatchObject({ is: 'sent' });
    expect(shown()[0]).not.toHaveProperty('entities');
    there.telegram.faults.failNext({ status: 400, description: "Bad Request: can't parse entities: x", count: 2 });
    expect(await post(bold)).toMatchObject({ is: 'refused', why: "400 can't parse entities: x" });
  });
  test('too long after all: nothing was sent, it goes in halves', async () => {
    there.telegram.faults.failNext({ status: 400, description: 'Bad Request: message is too long' });
    const sent = await post({
      lines: [plain('а'.repeat(1500)), plain('б'.repeat(1500))],
      buttons: [[{ label: plain('Так'), action: 'home' }]],
    });
    expect(shown()).toEqual([]);
    if (sent.is !== 'not_sent' || !sent.split) throw new Error(`was ${sent.is}`);
    await post(undefined, { drawn: sent.split.drawn });
    for (const part of sent.split.rest) if ('drawn' in part) await post(undefined, { drawn: part.drawn });
    expect(shown().map(({ text, keys }) => [text.length, keys !== undefined])).toEqual([
      [1500, false],
      [1500, true],
    ]);
  });
});

describe('a spare copy', () => {
  const remove = (messageId: string) =>
    send({ ...to, method: 'delete', target: { chatId: String(oksana), messageId } });
  test('is taken away; one that is gone already is what was wanted', async () => {
    const sent = await post();
    const id = sent.is === 'sent' ? (sent.messageId ?? '') : '';
    expect(await remove(id)).toEqual({ is: 'sent' });
    expect(shown()).toEqual([]);
    expect(await remove(id)).toEqual({ is: 'sent' });
  });
});

describe('words about a failure', () => {
  test('a network error after the bytes is unknown, also an HTML answer', () => {
    expect(outcomeOf(new HttpError('x', new Error('y')), { wrote: true, status: 403 }, false).sent).toEqual({
      is: 'unknown',
      why: 'answer 403',
    });
  });
  test('what Telegram quotes is left out of the reason', async () => {
    there.telegram.faults.failNext({
      status: 400,
      description: "Bad Request: inline keyboard button URL 'tel:Оксана' is invalid: Wrong",
    });
    expect(await post()).toEqual({ is: 'refused', why: '400 inline keyboard button URL … is invalid: Wrong' });
  });
});
