import { describe, expect, test } from 'vitest';
import type { Delivery } from '#core/delivery/sending.ts';
import type { Modal } from '#core/modal.ts';
import { type SlackTeam, socketApp } from '#infra/rehearsal/slack/test-rig.ts';
import { slackLooks } from './looks.ts';
import { line, plain, to } from './test/line.ts';

describe('views', () => {
  const modal: Modal = {
    is: 'form',
    run: 'ab'.repeat(12),
    title: plain('Decizia'),
    above: [],
    submit: plain('Trimit'),
    fields: [{ key: 'words', ask: plain('Ce ați hotărât?'), kind: 'words', isOptional: false }],
  };
  const fill = (view: string): Delivery => ({ ...to, method: 'modal', modal, view });

  test('the home is published for the person', async () => {
    expect(await line.send({ ...to, method: 'home', message: { lines: [plain('Ce aveți de făcut')] } })).toEqual({
      is: 'sent',
    });
    expect(JSON.stringify(line.team.ioana.state().home)).toContain('Ce aveți de făcut');
  });

  test('a view that was opened at the tap is filled, also twice, and also when it opens a moment later', async () => {
    const looks = slackLooks(line.calling);
    const trigger = await triggerOf(line.team);
    const early = line.send(fill('view-1'));
    const opened = await looks.openLoading({ trigger, view: 'view-1', language: 'ro', isInModal: false });
    expect([opened, (await early).is, (await line.send(fill('view-1'))).is]).toEqual([true, 'sent', 'sent']);
    expect(line.team.ioana.state().modals).toMatchObject([
      { view: { title: { text: 'Decizia' }, callback_id: 'form', external_id: 'view-1' } },
    ]);
  });

  test('a view that was closed is gone', async () => {
    expect(await line.send(fill('view-2'))).toEqual({ is: 'refused', why: 'view_gone' });
  });
});

describe('looks', () => {
  test('never throw, whatever Slack says', async () => {
    await line.team.slack.faults.down();
    const looks = slackLooks(line.calling);
    expect(await looks.openLoading({ trigger: 'x', view: 'v', language: 'uk', isInModal: false })).toBe(false);
    expect(await looks.sayFixed('U1IOANA', 'wait', 'ro')).toBe(false);
    expect(await looks.download(`${line.calling.apiUrl}x`, 10)).toEqual({ is: 'failed' });
    await line.team.slack.faults.up();
  });

  test('a private file is fetched with our token, up to a limit', async () => {
    const ref = line.team.ioana.uploads({ name: 'a.txt', content: 'două rânduri' });
    const looks = slackLooks(line.calling);
    const info = await line.team.web.files.info({ file: ref.fileId });
    const got = await looks.download(info.file?.url_private, 100);
    expect(got.is === 'got' && Buffer.from(got.bytes).toString()).toBe('două rânduri');
    expect(await looks.download(undefined, 100, ref.fileId)).toMatchObject({ is: 'got' });
    expect(await looks.download(info.file?.url_private, 5)).toEqual({ is: 'too_big' });
    expect(await looks.download(undefined, 5, 'F0NONE')).toEqual({ is: 'gone' });
  });

  test('our token goes to nobody but Slack', async () => {
    expect(await slackLooks(line.calling).download('https://slack.com.evil.ro/a', 100)).toEqual({ is: 'gone' });
  });

  test('a sign-in page is no file', async () => {
    const ref = line.team.ioana.uploads({ name: 'a.txt', content: 'x' });
    const info = await line.team.web.files.info({ file: ref.fileId });
    expect(await slackLooks({ ...line.calling, token: 'xoxb-wrong' }).download(info.file?.url_private, 100)).toEqual({
      is: 'gone',
    });
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
