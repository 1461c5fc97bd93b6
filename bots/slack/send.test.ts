import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery, LoadedFile } from '#core/delivery/sending.ts';
import type { Button, Message } from '#core/message.ts';
import type { Modal } from '#core/modal.ts';
import { phrase, words } from '#core/phrase.ts';
import { watchedFetch } from '#infra/http.ts';
import { botToken, socketApp, startTeam, type SlackTeam } from '#infra/rehearsal/slack/test-rig.ts';
import { makeSeal } from '#infra/seal.ts';
import { slackFinder } from './find-posted.ts';
import { slackLooks } from './looks.ts';
import { slackSend } from './send.ts';

const seal = makeSeal(Buffer.alloc(32, 7));
const plain = (text: string) => phrase('general:plain', { text: words(text) });
const button: Button = { label: plain('Preiau'), action: 'alert.take', subject: 'ab'.repeat(12) };
const message: Message = { lines: [plain('Alertă nr. 12')], state: { tone: 'red', word: plain('NEPRELUATĂ') }, buttons: [[button]] };
const to = { rowId: 'row-1', address: 'U1IOANA', account: 'U1IOANA', language: 'ro' as const, epoch: 0, now: new Date('2026-11-24T08:00:00Z'), isMarked: false };
const sendOf = (more: Partial<Delivery> = {}): Delivery => ({ ...to, method: 'send', message, files: [], ...more }) as Delivery;
const file = (text: string): LoadedFile => ({ kind: 'document', bytes: Buffer.from(text), name: 'acte.pdf', mimetype: 'application/pdf' });

let team: SlackTeam;
let calling: { token: string; apiUrl: string; watch: ReturnType<typeof watchedFetch> };
let send: ReturnType<typeof slackSend>;
const sendWith = (more: Partial<typeof calling>) => slackSend({ ...calling, ...more, seal, settings: { validDays: 30 } });

beforeEach(async () => {
  team = await startTeam();
  calling = { token: botToken, apiUrl: team.slack.apiUrl, watch: watchedFetch() };
  send = sendWith({});
});
afterEach(() => team.slack.close());

const posted = () => team.slack.messages('U1IOANA');

async function firstSent() {
  const sent = await send(sendOf());
  if (sent.is !== 'sent' || !sent.messageId || !sent.chatId) throw new Error(`was ${sent.is}`);
  return { chatId: sent.chatId, messageId: sent.messageId };
}

describe('a post', () => {
  test('goes into the direct channel, is known by its place, and carries the row', async () => {
    const { chatId, messageId } = await firstSent();
    expect(posted()).toMatchObject([{ text: 'Alertă nr. 12', channel: chatId, ts: messageId, attachments: [{ color: '#B3241F' }] }]);
    expect(team.slack.calls.of('chat.postMessage')[0]?.payload).toMatchObject({ metadata: { event_type: 'punte_row', event_payload: { row: 'row-1' } } });
  });

  test('with files shows them below the words', async () => {
    expect((await send(sendOf({ files: [file('unu'), file('doi')] } as never))).is).toBe('sent');
    expect(posted().map(({ files = [] }) => files.map(({ name }) => name))).toEqual([[], ['acte.pdf', 'acte.pdf']]);
  });

  test('whose files cannot be uploaded has not gone out at all', async () => {
    team.slack.faults.failNext({ method: 'files.getUploadURLExternal', status: 500 });
    expect(await send(sendOf({ files: [file('unu')] } as never))).toMatchObject({ is: 'not_sent' });
    expect(posted()).toEqual([]);
  });

  test('whose files are shown without an answer is not posted twice', async () => {
    team.slack.faults.cut({ method: 'files.completeUploadExternal', where: 'afterAccept' });
    expect((await send(sendOf({ files: [file('unu')] } as never))).is).toBe('sent');
    expect(posted()).toHaveLength(2);
  });

  test('whose blocks are refused goes once more in plain words', async () => {
    team.slack.faults.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    expect((await send(sendOf())).is).toBe('sent');
    expect(posted()).toMatchObject([{ text: 'Alertă nr. 12\nNEPRELUATĂ', blocks: [] }]);
  });

  test('that cannot be put into words is refused', async () => {
    const broken = { lines: [{ key: 'alerts:gone', params: {} }] } as unknown as Message;
    expect(await send(sendOf({ message: broken } as never))).toEqual({ is: 'refused', why: 'cannot_be_drawn' });
  });
});

describe('what came of a post', () => {
  test.each([
    ['a 429 waits as long as Slack says', () => team.slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 7, count: 1 }), { is: 'not_sent', why: 'ratelimited', retryAfterSeconds: 7 }],
    ['a cut line after the bytes went out is unknown', () => team.slack.faults.cut({ method: 'chat.postMessage', where: 'afterAccept' }), { is: 'unknown' }],
    ['a cut line before it was looked at is unknown too', () => team.slack.faults.cut({ method: 'chat.postMessage', where: 'before' }), { is: 'unknown' }],
    ['a 500 is unknown', () => team.slack.faults.failNext({ method: 'chat.postMessage', status: 500 }), { is: 'unknown' }],
    ['internal_error is unknown', () => team.slack.faults.failNext({ method: 'chat.postMessage', error: 'internal_error' }), { is: 'unknown', why: 'internal_error' }],
    ['an archived channel is a dead address', () => team.slack.faults.failNext({ method: 'chat.postMessage', error: 'is_archived' }), { is: 'refused', why: 'is_archived', isAddressDead: true }],
    ['a revoked token shuts the bot', () => team.slack.faults.failNext({ method: 'chat.postMessage', error: 'token_revoked' }), { is: 'refused', isBotShut: true }],
    ['any other word is a refusal', () => team.slack.faults.failNext({ method: 'chat.postMessage', error: 'restricted_action' }), { is: 'refused', why: 'restricted_action' }],
    ['without an answer before the post nothing was sent', () => team.slack.faults.cut({ method: 'conversations.open', where: 'afterAccept' }), { is: 'not_sent' }],
  ])('%s', async (_, trouble, outcome) => {
    trouble();
    expect(await send(sendOf())).toMatchObject(outcome);
  });

  test('a Slack that cannot be reached was sent nothing', async () => {
    await firstSent();
    await team.slack.faults.down();
    await sleep(50); // the kept line must be seen to have ended: on a line that breaks under a request it is unknown
    expect(await send(sendOf())).toMatchObject({ is: 'not_sent', why: 'no_connection' });
    await team.slack.faults.up();
  });

  test('a disabled person is a dead address, though Slack would take the post', async () => {
    team.ioana.disabled = true;
    expect(await send(sendOf())).toEqual({ is: 'refused', why: 'user_disabled', isAddressDead: true });
    expect(posted()).toEqual([]);
  });

  test('a person nobody knows is a dead address', async () => {
    expect(await send(sendOf({ address: 'U9NOBODY' }))).toMatchObject({ is: 'refused', isAddressDead: true });
  });

  test('a channel we are not in is a dead address', async () => {
    expect(await send(sendOf({ address: 'C2OTHER' }))).toEqual({ is: 'refused', why: 'not_in_channel', isAddressDead: true });
  });

  test('a wrong token shuts the bot', async () => {
    expect(await sendWith({ token: 'xoxb-wrong' })(sendOf())).toEqual({ is: 'refused', why: 'invalid_auth', isBotShut: true });
  });
});

describe('an unknown post', () => {
  test('is found by the row it carries, or is absent', async () => {
    team.slack.faults.cut({ method: 'chat.postMessage', where: 'afterAccept' });
    await send(sendOf());
    const find = slackFinder(calling);
    expect(await find('row-1', 'U1IOANA')).toEqual({ chatId: posted()[0]?.channel, messageId: posted()[0]?.ts });
    expect(await find('row-2', 'U1IOANA')).toBeUndefined();
  });

  test('is not called absent when Slack cannot be asked', async () => {
    await team.slack.faults.down();
    await expect(slackFinder(calling)('row-1', 'U1IOANA')).rejects.toThrow();
    await team.slack.faults.up();
  });
});

describe('an edit', () => {
  const changed: Message = { lines: [plain('Alertă nr. 12')], steps: [plain('14:20 preluată')] };
  const editOf = (target: { chatId: string; messageId: string }): Delivery => ({ ...to, method: 'edit', message: changed, target });

  test('replaces words, bar and buttons of the same message', async () => {
    const target = await firstSent();
    expect(await send(editOf(target))).toEqual({ is: 'sent', ...target });
    expect(posted()).toHaveLength(1);
    expect(posted()[0]).not.toHaveProperty('attachments');
    expect(JSON.stringify(posted())).not.toContain('Preiau');
  });

  test('without an answer is simply not done yet', async () => {
    const target = await firstSent();
    team.slack.faults.cut({ method: 'chat.update', where: 'afterAccept' });
    expect(await send(editOf(target))).toMatchObject({ is: 'not_sent' });
    expect((await send(editOf(target))).is).toBe('sent');
  });

  test('of a message that is gone is refused, and the person still lives', async () => {
    const { chatId } = await firstSent();
    expect(await send(editOf({ chatId, messageId: '1.000001' }))).toEqual({ is: 'refused', why: 'message_not_found' });
  });
});

describe('views', () => {
  const modal: Modal = { is: 'form', run: 'ab'.repeat(12), title: plain('Decizia'), above: [], submit: plain('Trimit'), fields: [{ key: 'words', ask: plain('Ce ați hotărât?'), kind: 'words', isOptional: false }] };
  const fill = (view: string): Delivery => ({ ...to, method: 'modal', modal, view });

  test('the home is published for the person', async () => {
    expect(await send({ ...to, method: 'home', message: { lines: [plain('Ce aveți de făcut')] } })).toEqual({ is: 'sent' });
    expect(JSON.stringify(team.ioana.state().home)).toContain('Ce aveți de făcut');
  });

  test('a view that was opened at the tap is filled, also twice, and also when it opens a moment later', async () => {
    const looks = slackLooks(calling);
    const trigger = await triggerOf(team);
    const early = send(fill('view-1'));
    const opened = await looks.openLoading({ trigger, view: 'view-1', language: 'ro', isInModal: false });
    expect([opened, (await early).is, (await send(fill('view-1'))).is]).toEqual([true, 'sent', 'sent']);
    expect(team.ioana.state().modals).toMatchObject([{ view: { title: { text: 'Decizia' }, callback_id: 'form', external_id: 'view-1' } }]);
  });

  test('a view that was closed is gone', async () => {
    expect(await send(fill('view-2'))).toEqual({ is: 'refused', why: 'view_gone' });
  });
});

describe('looks', () => {
  test('never throw, whatever Slack says', async () => {
    await team.slack.faults.down();
    const looks = slackLooks(calling);
    expect(await looks.openLoading({ trigger: 'x', view: 'v', language: 'uk', isInModal: false })).toBe(false);
    expect(await looks.sayFixed('U1IOANA', 'wait', 'ro')).toBe(false);
    expect(await looks.download(`${calling.apiUrl}x`, 10)).toEqual({ is: 'failed' });
    await team.slack.faults.up();
  });

  test('a private file is fetched with our token, up to a limit', async () => {
    const ref = team.ioana.uploads({ name: 'a.txt', content: 'două rânduri' });
    const looks = slackLooks(calling);
    const info = await team.web.files.info({ file: ref.fileId });
    const got = await looks.download(info.file?.url_private, 100);
    expect(got.is === 'got' && Buffer.from(got.bytes).toString()).toBe('două rânduri');
    expect(await looks.download(undefined, 100, ref.fileId)).toMatchObject({ is: 'got' });
    expect(await looks.download(info.file?.url_private, 5)).toEqual({ is: 'too_big' });
    expect(await looks.download(undefined, 5, 'F0NONE')).toEqual({ is: 'gone' });
  });

  test('our token goes to nobody but Slack', async () => {
    expect(await slackLooks(calling).download('https://slack.com.evil.ro/a', 100)).toEqual({ is: 'gone' });
  });

  test('a sign-in page is no file', async () => {
    const ref = team.ioana.uploads({ name: 'a.txt', content: 'x' });
    const info = await team.web.files.info({ file: ref.fileId });
    expect(await slackLooks({ ...calling, token: 'xoxb-wrong' }).download(info.file?.url_private, 100)).toEqual({ is: 'gone' });
  });
});

/** A trigger as the app gets it with a command. */
async function triggerOf({ slack, ioana }: SlackTeam): Promise<string> {
  let trigger = '';
  const app = await socketApp(slack, (bolt) => {
    bolt.command('/caz', async ({ ack, body }) => {
      trigger = body.trigger_id;
      await ack();
    });
  });
  await ioana.command('/caz');
  await app.stop();
  return trigger;
}
