import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Delivery, LoadedFile } from '#core/delivery/sending.ts';
import type { FileId } from '#core/id.ts';
import type { Button, Message } from '#core/message.ts';
import { slackFinder } from './find-posted.ts';
import { slackSplit } from './send.ts';
import { line, plain, seal, sendWith, to } from './test/line.ts';

const button: Button = { label: plain('Preiau'), action: 'alert.take', subject: 'ab'.repeat(12) };
const message: Message = {
  lines: [plain('Alertă nr. 12')],
  state: { tone: 'red', word: plain('NEPRELUATĂ') },
  buttons: [[button]],
};
const sendOf = (more: Partial<Delivery> = {}): Delivery =>
  ({ ...to, method: 'send', message, files: [], ...more }) as Delivery;
const file = (text: string): LoadedFile => ({
  kind: 'document',
  bytes: Buffer.from(text),
  name: 'acte.pdf',
  mimetype: 'application/pdf',
});
const posted = () => line.team.slack.messages('U1IOANA');

async function firstSent() {
  const sent = await line.send(sendOf());
  if (sent.is !== 'sent' || !sent.messageId || !sent.chatId) throw new Error(`was ${sent.is}`);
  return { chatId: sent.chatId, messageId: sent.messageId };
}
describe('a post', () => {
  test('goes into the direct channel, is known by its place, and carries the row', async () => {
    const { chatId, messageId } = await firstSent();
    expect(posted()).toMatchObject([
      { text: 'Alertă nr. 12', channel: chatId, ts: messageId, attachments: [{ color: '#B3241F' }] },
    ]);
    expect(line.team.slack.calls.of('chat.postMessage')[0]?.payload).toMatchObject({
      metadata: { event_type: 'punte_row', event_payload: { row: 'row-1' } },
    });
  });

  test('with files shows them below the words, in a message of their own', async () => {
    const whole = sendOf({ message: { ...message, files: ['a', 'b'] as FileId[] } } as never);
    const { drawn, rest } = slackSplit({ seal, settings: { validDays: 30 } })(whole as Delivery & { method: 'send' });
    expect(rest).toEqual([{ message: { lines: [], isSilent: true, files: ['a', 'b'] } }]);
    await line.send(sendOf({ drawn } as never));
    expect((await line.send(sendOf({ message: { lines: [] }, files: [file('unu'), file('doi')] } as never))).is).toBe(
      'sent',
    );
    expect(posted().map(({ files = [] }) => files.map(({ name }) => name))).toEqual([[], ['acte.pdf', 'acte.pdf']]);
  });

  test('that is too long goes in parts of at most 50 blocks, with its buttons at the end', async () => {
    const long = { ...message, lines: Array.from({ length: 12 }, (_, n) => plain(`${n} ${'cuvânt '.repeat(400)}`)) };
    const { drawn, rest } = slackSplit({ seal, settings: { validDays: 30 } })(
      sendOf({ message: long } as never) as Delivery & { method: 'send' },
    );
    for (const part of [{ drawn }, ...rest]) expect((await line.send(sendOf({ ...part } as never))).is).toBe('sent');
    expect(posted().length).toBeGreaterThan(2);
    const said = JSON.stringify(posted());
    for (let n = 0; n < 12; n++) expect(said).toContain(`${n} cuvânt`);
    expect(JSON.stringify(posted().at(-1))).toContain('Preiau');
    expect(JSON.stringify(posted().slice(0, -1))).not.toContain('Preiau');
  });

  test('that is too long after all goes in halves', async () => {
    line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'msg_blocks_too_long' });
    const long = { lines: [plain('unu '.repeat(500)), plain('doi '.repeat(500))] };
    const sent = await line.send(sendOf({ message: long } as never));
    expect(sent).toMatchObject({ is: 'not_sent', split: { rest: [{}] } });
    expect(posted()).toEqual([]);
  });

  test('is taken away again; one that is gone already is what was wanted', async () => {
    const target = await firstSent();
    const remove = () => line.send({ ...to, method: 'delete', target });
    expect([await remove(), await remove(), posted()]).toEqual([{ is: 'sent' }, { is: 'sent' }, []]);
  });

  test('of files is taken away by deleting these', async () => {
    const files = [file('unu'), file('doi')];
    const sent = await line.send(sendOf({ message: { lines: [] }, files } as never));
    if (sent.is !== 'sent') throw new Error(sent.why);
    const target = { chatId: sent.chatId ?? '', messageId: sent.messageId ?? '' };
    const remove = () => line.send({ ...to, method: 'delete', target });
    expect([await remove(), await remove()]).toEqual([{ is: 'sent' }, { is: 'sent' }]);
    expect(posted().flatMap((message) => message.files ?? [])).toEqual([]);
  });

  test('whose files cannot be uploaded has not gone out at all', async () => {
    line.team.slack.faults.failNext({ method: 'files.getUploadURLExternal', status: 500 });
    expect(await line.send(sendOf({ files: [file('unu')] } as never))).toMatchObject({ is: 'not_sent' });
    expect(posted()).toEqual([]);
  });

  test('whose files are shown without an answer is not posted twice', async () => {
    line.team.slack.faults.cut({ method: 'files.completeUploadExternal', where: 'afterAccept' });
    expect((await line.send(sendOf({ files: [file('unu')] } as never))).is).toBe('sent');
    expect(posted()).toHaveLength(1);
  });

  test('whose blocks are refused goes once more in plain words', async () => {
    line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    expect((await line.send(sendOf())).is).toBe('sent');
    expect(posted()).toMatchObject([{ text: 'Alertă nr. 12\nNEPRELUATĂ', blocks: [] }]);
  });

  test('that cannot be put into words is refused', async () => {
    const broken = { lines: [{ key: 'alerts:gone', params: {} }] } as unknown as Message;
    expect(await line.send(sendOf({ message: broken } as never))).toEqual({ is: 'refused', why: 'cannot_be_drawn' });
  });
});

describe('what came of a post', () => {
  test.each([
    [
      'a 429 waits as long as Slack says',
      () => line.team.slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 7, count: 1 }),
      { is: 'not_sent', why: 'ratelimited', retryAfterSeconds: 7 },
    ],
    [
      'a cut line after the bytes went out is unknown',
      () => line.team.slack.faults.cut({ method: 'chat.postMessage', where: 'afterAccept' }),
      { is: 'unknown' },
    ],
    [
      'a cut line before it was looked at is unknown too',
      () => line.team.slack.faults.cut({ method: 'chat.postMessage', where: 'before' }),
      { is: 'unknown' },
    ],
    [
      'a 500 is unknown',
      () => line.team.slack.faults.failNext({ method: 'chat.postMessage', status: 500 }),
      { is: 'unknown' },
    ],
    [
      'internal_error is unknown',
      () => line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'internal_error' }),
      { is: 'unknown', why: 'internal_error' },
    ],
    [
      'an archived channel is a dead address',
      () => line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'is_archived' }),
      { is: 'refused', why: 'is_archived', isAddressDead: true },
    ],
    [
      'a revoked token shuts the bot',
      () => line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'token_revoked' }),
      { is: 'refused', isBotShut: true },
    ],
    [
      'any other word is a refusal',
      () => line.team.slack.faults.failNext({ method: 'chat.postMessage', error: 'restricted_action' }),
      { is: 'refused', why: 'restricted_action' },
    ],
    [
      'without an answer before the post nothing was sent',
      () => line.team.slack.faults.cut({ method: 'conversations.open', where: 'afterAccept' }),
      { is: 'not_sent' },
    ],
  ])('%s', async (_, trouble, outcome) => {
    trouble();
    expect(await line.send(sendOf())).toMatchObject(outcome);
  });

  test('a Slack that cannot be reached was sent nothing', async () => {
    await firstSent();
    await line.team.slack.faults.down();
    await sleep(50); // the kept line must be seen to have ended: on a line that breaks under a request it is unknown
    expect(await line.send(sendOf())).toMatchObject({ is: 'not_sent', why: 'no_connection' });
    await line.team.slack.faults.up();
  });

  test('a disabled person is a dead address, though Slack would take the post', async () => {
    line.team.ioana.disabled = true;
    expect(await line.send(sendOf())).toEqual({ is: 'refused', why: 'user_disabled', isAddressDead: true });
    expect(posted()).toEqual([]);
  });

  test('a person nobody knows is a dead address', async () => {
    expect(await line.send(sendOf({ address: 'U9NOBODY' }))).toMatchObject({ is: 'refused', isAddressDead: true });
  });

  test('a channel we are not in is a dead address', async () => {
    expect(await line.send(sendOf({ address: 'C2OTHER' }))).toEqual({
      is: 'refused',
      why: 'not_in_channel',
      isAddressDead: true,
    });
  });

  test('a wrong token shuts the bot', async () => {
    expect(await sendWith({ token: 'xoxb-wrong' })(sendOf())).toEqual({
      is: 'refused',
      why: 'invalid_auth',
      isBotShut: true,
    });
  });
});

describe('an unknown post', () => {
  test('is found by the row it carries, or is absent', async () => {
    line.team.slack.faults.cut({ method: 'chat.postMessage', where: 'afterAccept' });
    await line.send(sendOf());
    const find = slackFinder(line.calling);
    expect(await find('row-1', 'U1IOANA')).toEqual([{ chatId: posted()[0]?.channel, messageId: posted()[0]?.ts }]);
    expect(await find('row-2', 'U1IOANA')).toEqual([]);
  });

  test('is not called absent when Slack cannot be asked', async () => {
    await line.team.slack.faults.down();
    await expect(slackFinder(line.calling)('row-1', 'U1IOANA')).rejects.toThrow();
    await line.team.slack.faults.up();
  });
});

describe('an edit', () => {
  const changed: Message = { lines: [plain('Alertă nr. 12')], steps: [plain('14:20 preluată')] };
  const editOf = (target: { chatId: string; messageId: string }): Delivery => ({
    ...to,
    method: 'edit',
    message: changed,
    target,
  });

  test('replaces words, bar and buttons of the same message', async () => {
    const target = await firstSent();
    expect(await line.send(editOf(target))).toEqual({ is: 'sent', ...target });
    expect(posted()).toHaveLength(1);
    expect(posted()[0]).not.toHaveProperty('attachments');
    expect(JSON.stringify(posted())).not.toContain('Preiau');
  });

  test('without an answer is simply not done yet', async () => {
    const target = await firstSent();
    line.team.slack.faults.cut({ method: 'chat.update', where: 'afterAccept' });
    expect(await line.send(editOf(target))).toMatchObject({ is: 'not_sent' });
    expect((await line.send(editOf(target))).is).toBe('sent');
  });

  test('of a message that is gone is refused, and the person still lives', async () => {
    const { chatId } = await firstSent();
    expect(await line.send(editOf({ chatId, messageId: '1.000001' }))).toEqual({
      is: 'refused',
      why: 'message_not_found',
    });
  });
});
