import { expect, test } from 'vitest';
import { codeOf, until } from './test-rig.ts';
import { running } from './test-team.ts';

test('files go up in three steps and come down with the token; without it the sign-in page comes', async () => {
  const { web, slack, ioana } = await running(() => {});
  const opened = await web.conversations.open({ users: ioana.id });
  const up = await web.filesUploadV2({
    channel_id: opened.channel?.id ?? '',
    filename: 'plan.txt',
    content: 'planul',
    initial_comment: 'iată',
  });
  expect(up.ok).toBe(true);
  const [message] = slack.messages(ioana.id);
  expect(message).toMatchObject({ text: 'iată', files: [{ name: 'plan.txt', size: 6, mimetype: 'text/plain' }] });
  const id = message?.files?.[0]?.id ?? '';
  const url = (await web.files.info({ file: id })).file?.url_private ?? '';
  const get = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await get('xoxb-test')).text()).toBe('planul');
  const refused = await get('xoxb-wrong');
  expect([refused.status, refused.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await codeOf(web.files.delete({ file: id }))).toBe('ok');
  expect(await codeOf(web.files.info({ file: id }))).toBe('file_not_found');
  expect(await codeOf(web.files.completeUploadExternal({ files: [{ id: 'F0' }] }))).toBe('file_not_found');
});

test('a file a person shares is told as file_share and cannot be deleted by the app', async () => {
  let subtype: string | undefined;
  const { web, slack, ioana } = await running((app) =>
    app.event('message', async ({ event }) => {
      subtype = event.subtype;
    }),
  );
  const { fileId } = ioana.uploads({ name: 'poza.jpg', content: Buffer.from([0xff, 0xd8]), text: 'uite' });
  await slack.quiet();
  await until(() => subtype === 'file_share');
  expect((await web.files.info({ file: fileId })).file).toMatchObject({
    mimetype: 'image/jpeg',
    size: 2,
    user: ioana.id,
  });
  expect(await codeOf(web.files.delete({ file: fileId }))).toBe('cant_delete_file');
});
