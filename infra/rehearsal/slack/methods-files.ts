import type { webApi } from '@slack/bolt';
import type { Arguments } from './arguments.ts';
import { contentOf, keep, newMessage } from './messages.ts';
import { as, channelOfBot, type Method, method } from './method.ts';
import { refuse } from './refusal.ts';
import { isObject } from './rules.ts';
import { fileJson } from './wire.ts';
import { membersOf, messageAt, type StoredFile, type World } from './world.ts';

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal : name and length first, then the bytes. */
const getUploadUrl = method<webApi.FilesGetUploadURLExternalResponse>('files:write', (world, args) => {
  const name = args.needed('filename');
  const size = args.number('length', 0);
  if (!Number.isInteger(size) || size < 1) refuse('invalid_arguments');
  const file = newFile(world, { name, size, user: world.app.botUserId });
  return { ok: true, upload_url: `${world.origin()}/upload/v1/${file.id}`, file_id: file.id };
});

export function newFile(world: World, given: { name: string; size: number; user: string }): StoredFile {
  const file: StoredFile = {
    ...given,
    id: world.newId('F'),
    title: given.name,
    mimetype: mimetypeOf(given.name),
    createdAt: world.clock.now(),
    content: Buffer.alloc(0),
    channels: new Set(),
    state: 'asked',
  };
  world.files.set(file.id, file);
  return file;
}

const mimetypes: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  webm: 'audio/webm',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const mimetypeOf = (name: string) =>
  mimetypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal : shares the files in one message. */
const completeUpload = method<webApi.FilesCompleteUploadExternalResponse>('files:write', (world, args) => {
  const files = uploadedFiles(world, args);
  const channel = args.has('channel_id') ? channelOfBot(world, args.text('channel_id')) : undefined;
  if (channel?.isArchived) refuse('is_archived');
  for (const file of files) file.state = 'complete';
  if (channel) share(world, channel.id, files, args);
  return { ok: true, files: as(files.map((file) => fileJson(world, file))) };
});

function uploadedFiles(world: World, args: Arguments): StoredFile[] {
  const asked = args.json('files', 'invalid_arguments');
  if (!Array.isArray(asked) || asked.length === 0 || !asked.every(isObject)) return refuse('invalid_arguments');
  return asked.map(({ id, title }) => {
    const file = world.files.get(String(id));
    if (file?.state !== 'uploaded') return refuse('file_not_found');
    if (typeof title === 'string') file.title = title;
    return file;
  });
}

function share(world: World, channelId: string, files: StoredFile[], args: Arguments) {
  const channel = channelOfBot(world, channelId);
  const threadTs = args.has('thread_ts') ? args.text('thread_ts') : undefined;
  if (threadTs && !messageAt(channel, threadTs)) refuse('invalid_thread_ts');
  const comment = args.has('blocks') ? contentOf(world, args, 4000) : { text: args.text('initial_comment') };
  for (const file of files) file.channels.add(channel.id);
  const shared = { files: files.map((file) => file.id), user: world.app.botUserId, ...comment };
  keep(world, channel, newMessage(world, channel, { ...shared, ...(threadTs ? { threadTs } : {}) }));
}

/** https://docs.slack.dev/reference/methods/files.info */
const filesInfo = method<webApi.FilesInfoResponse>('files:read', (world, args) => ({
  ok: true,
  file: as(fileJson(world, visibleFile(world, args))),
  comments: [],
  response_metadata: { next_cursor: '' },
}));

function visibleFile(world: World, args: Arguments): StoredFile {
  const file = world.files.get(args.needed('file'));
  return file && file.state === 'complete' ? file : refuse('file_not_found');
}

/** https://docs.slack.dev/reference/methods/files.delete : a bot deletes only its own files. */
const filesDelete = method<webApi.FilesDeleteResponse>('files:write', (world, args) => {
  const file = visibleFile(world, args);
  if (file.user !== world.app.botUserId) refuse('cant_delete_file');
  world.files.delete(file.id);
  for (const id of file.channels) {
    const channel = world.channels.get(id);
    if (channel) world.changed(membersOf(channel, world));
  }
  return { ok: true };
});

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': filesInfo,
  'files.delete': filesDelete,
};
